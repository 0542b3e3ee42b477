import type { Credentials } from '../config/credentials.ts'
import { authKey, type ImageReference } from '../domain/reference.ts'
import { encodeRegistryAuth } from '../domain/registry.ts'

/**
 * The X-Registry-Auth header's text for an image's registry. A helper that fails counts as having nothing, as it does
 * for docker: the registry may not ask.
 */
export async function registryAuthFor(reference: ImageReference, credentials: Credentials): Promise<string> {
  const auth = await credentials.get(authKey(reference)).catch(() => ({}))
  return encodeRegistryAuth(auth)
}
