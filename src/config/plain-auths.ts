import type { RegistryAuth } from '../domain/registry.ts'
import { type JsonObject, objectAt, textAt } from './config-file.ts'

/** The credentials that config.json itself holds, by registry, in the form that daemons take them. */
export function plainAuths(data: JsonObject): Record<string, RegistryAuth> {
  const auths = objectAt(data, 'auths')
  return Object.fromEntries(
    Object.keys(auths).map((registry) => [registry, decoded(registry, objectAt(auths, registry))]),
  )
}

function decoded(registry: string, entry: JsonObject): RegistryAuth {
  const auth = Buffer.from(textAt(entry, 'auth'), 'base64').toString('utf8')
  const colon = auth.indexOf(':')
  const identitytoken = textAt(entry, 'identitytoken')
  const fields = {
    username: colon < 0 ? textAt(entry, 'username') : auth.slice(0, colon),
    // A token takes the place of the password.
    password:
      identitytoken !== '' ? '' : colon < 0 ? textAt(entry, 'password') : auth.slice(colon + 1).replace(/\0+$/, ''),
    email: textAt(entry, 'email'),
    serveraddress: registry,
    identitytoken,
    registrytoken: textAt(entry, 'registrytoken'),
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}
