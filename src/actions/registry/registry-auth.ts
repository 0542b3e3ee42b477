import type { Cli } from '../../cli/cli.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { authKey, type ImageReference } from '../../domain/image/reference.ts'
import { encodeRegistryAuth, type RegistryAuth } from '../../domain/registry/registry.ts'

/**
 * Returns the credentials for a registry; an empty object if there are none. As in docker, a failing helper counts as
 * having none, because the registry may not need any. tug warns about it, because later errors are hard to understand
 * otherwise.
 * @throws ExitStatus if the user interrupted the helper
 */
export async function credentialsFor(server: string, { credentials, err }: Cli): Promise<RegistryAuth> {
  try {
    return await credentials.get(server)
  } catch (error) {
    if (error instanceof ExitStatus) throw error
    err.write(`WARNING: continuing without credentials for ${server}: ${messageOf(error)}\n`)
    return {}
  }
}

/** Returns the X-Registry-Auth header for an image's registry. */
export async function registryAuthFor(reference: ImageReference, cli: Cli): Promise<string> {
  return encodeRegistryAuth(await credentialsFor(authKey(reference), cli))
}

/**
 * Looks up the credentials of each image's registry once, and one after the other, because a credential helper may prompt.
 * @returns the X-Registry-Auth headers by the keys of the credentials (see `authKey`)
 */
export async function registryAuths(
  references: readonly ImageReference[],
  cli: Cli,
): Promise<ReadonlyMap<string, string>> {
  const auths = new Map<string, string>()
  for (const reference of references) {
    const key = authKey(reference)
    if (!auths.has(key)) auths.set(key, await registryAuthFor(reference, cli))
  }
  return auths
}
