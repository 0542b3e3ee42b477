import type { RegistryAuth } from '../domain/registry/registry.ts'

/**
 * A config.json that holds credentials and nothing else, byte for byte as docker writes it for a container: registries
 * in order, names and passwords as base64 of `username:password`.
 */
export function authsFile(credentials: Readonly<Record<string, RegistryAuth>>): string {
  const auths = Object.keys(credentials)
    .sort()
    .map((registry) => [registry, authEntry(credentials[registry] ?? {})])
  return JSON.stringify({ auths: Object.fromEntries(auths) }, null, '\t')
}

function authEntry({ username = '', password = '', email, identitytoken, registrytoken }: RegistryAuth) {
  const isNamed = username !== '' || password !== ''
  const auth = isNamed ? Buffer.from(`${username}:${password}`).toString('base64') : undefined
  return { auth, email, identitytoken, registrytoken }
}
