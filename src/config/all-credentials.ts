import { messageOf } from '../domain/errors.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { type ConfigFile, type JsonObject, objectAt, textAt } from './config-file.ts'
import type { Credentials } from './credentials.ts'

/**
 * The credentials of all registries: those of the helper for all servers, or else those in config.json, over them those
 * of the environment, and over them those of helpers for single servers.
 * @param onFailure told when a helper for one server fails; the others still count
 * @throws Error in docker's words when the helper for all servers fails, and the environment has none
 */
export async function allCredentials(
  config: ConfigFile,
  credentials: Credentials,
  onFailure: (registry: string, reason: string) => void,
): Promise<Record<string, RegistryAuth>> {
  const { data } = config
  const environment = await credentials.environment()
  const hasEnvironment = Object.keys(environment).length > 0
  const kept = await authsKept(data, credentials).catch((error: unknown) => {
    if (!hasEnvironment) throw error
    return {}
  })
  const found: Record<string, RegistryAuth> = { ...kept, ...environment }
  for (const registry of Object.keys(objectAt(data, 'credHelpers'))) {
    try {
      found[registry] = await credentials.get(registry)
    } catch (error) {
      onFailure(registry, messageOf(error))
    }
  }
  return found
}

async function authsKept(data: JsonObject, credentials: Credentials): Promise<Record<string, RegistryAuth>> {
  const store = await credentials.helperForAll()
  return store === '' ? authsInFile(data) : authsInStore(store, data, credentials)
}

async function authsInStore(
  store: string,
  data: JsonObject,
  credentials: Credentials,
): Promise<Record<string, RegistryAuth>> {
  const { CredentialHelper } = await import('./credential-helper.ts')
  const found: Record<string, RegistryAuth> = {}
  for (const registry of await new CredentialHelper(store).list()) {
    const { username, password, ...rest } = await credentials.get(registry)
    const email = textAt(objectAt(objectAt(data, 'auths'), registry), 'email')
    found[registry] = withoutEmpty({ username, password, email, ...rest })
  }
  return found
}

function authsInFile(data: JsonObject): Record<string, RegistryAuth> {
  const auths = objectAt(data, 'auths')
  return Object.fromEntries(
    Object.keys(auths).map((registry) => [registry, decoded(registry, objectAt(auths, registry))]),
  )
}

function decoded(registry: string, entry: JsonObject): RegistryAuth {
  const auth = Buffer.from(textAt(entry, 'auth'), 'base64').toString('utf8')
  const colon = auth.indexOf(':')
  const identitytoken = textAt(entry, 'identitytoken')
  const password = colon < 0 ? textAt(entry, 'password') : auth.slice(colon + 1).replace(/\0+$/, '')
  return withoutEmpty({
    username: colon < 0 ? textAt(entry, 'username') : auth.slice(0, colon),
    // A token takes the place of the password.
    password: identitytoken === '' ? password : '',
    email: textAt(entry, 'email'),
    serveraddress: registry,
    identitytoken,
    registrytoken: textAt(entry, 'registrytoken'),
  })
}

function withoutEmpty(auth: Readonly<Record<string, string | undefined>>): RegistryAuth {
  return Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== undefined && value !== ''))
}
