import type { Cli } from '../../cli/cli.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { authKey, type ImageReference } from '../../domain/image/reference.ts'
import { encodeRegistryAuth, type RegistryAuth } from '../../domain/registry/registry.ts'

/**
 * The credentials for a registry. A helper that fails counts as having nothing, as it does for docker: the registry may
 * not ask. But what follows is hard to understand then, so tug says why.
 * @throws ExitStatus when a person interrupted the helper
 */
export async function credentialsFor(server: string, { credentials, err }: Cli): Promise<RegistryAuth> {
  try {
    return await credentials.get(server)
  } catch (error) {
    if (error instanceof ExitStatus) throw error
    err.write(`WARNING: going on without credentials for ${server}: ${messageOf(error)}\n`)
    return {}
  }
}

/** The X-Registry-Auth header's text for an image's registry. */
export async function registryAuthFor(reference: ImageReference, cli: Cli): Promise<string> {
  return encodeRegistryAuth(await credentialsFor(authKey(reference), cli))
}
