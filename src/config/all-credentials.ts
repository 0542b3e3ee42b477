import { messageOf } from '../domain/errors.ts'
import { objectIn, textIn } from '../domain/json.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { decodeAuth } from './auth-text.ts'
import type { ConfigFile, JsonObject } from './config-file.ts'
import type { Credentials } from './credentials.ts'

/**
 * Reads the credentials of all registries. The sources, each overriding those before it: the helper for all servers, or
 * config.json if there is none; the environment; the helpers for single servers (docker/cli GetAllCredentials).
 * @param onFailure called if the helper for a single server fails; the other credentials are still returned
 * @throws Error with docker's message if the helper for all servers fails and the environment has no credentials
 */
export async function readAllCredentials(
  config: ConfigFile,
  credentials: Credentials,
  onFailure: (registry: string, reason: string) => void,
): Promise<Record<string, RegistryAuth>> {
  const { data } = config
  const environment = await credentials.environment()
  const hasEnvironment = Object.keys(environment).length > 0
  const stored = await readStoredAuths(data, credentials).catch((error: unknown) => {
    if (!hasEnvironment) throw error
    return {}
  })
  const auths: Record<string, RegistryAuth> = { ...stored, ...environment }
  for (const registry of Object.keys(objectIn(data, 'credHelpers'))) {
    try {
      auths[registry] = await credentials.get(registry)
    } catch (error) {
      onFailure(registry, messageOf(error))
    }
  }
  return auths
}

async function readStoredAuths(data: JsonObject, credentials: Credentials): Promise<Record<string, RegistryAuth>> {
  const store = await credentials.helperForAll()
  return store === '' ? decodeFileAuths(data) : readHelperAuths(store, data, credentials)
}

async function readHelperAuths(
  store: string,
  data: JsonObject,
  credentials: Credentials,
): Promise<Record<string, RegistryAuth>> {
  const { CredentialHelper } = await import('./credential-helper.ts')
  const auths: Record<string, RegistryAuth> = {}
  for (const registry of await new CredentialHelper(store).list()) {
    const { username, password, ...rest } = await credentials.get(registry)
    const email = textIn(objectIn(objectIn(data, 'auths'), registry), 'email')
    auths[registry] = omitEmpty({ username, password, email, ...rest })
  }
  return auths
}

function decodeFileAuths(data: JsonObject): Record<string, RegistryAuth> {
  const auths = objectIn(data, 'auths')
  return Object.fromEntries(
    Object.keys(auths).map((registry) => [registry, decodeEntry(registry, objectIn(auths, registry))]),
  )
}

function decodeEntry(registry: string, entry: JsonObject): RegistryAuth {
  const login = decodeAuth(textIn(entry, 'auth'))
  const identitytoken = textIn(entry, 'identitytoken')
  const password = login?.password ?? textIn(entry, 'password')
  return omitEmpty({
    username: login?.username ?? textIn(entry, 'username'),
    // A token replaces the password.
    password: identitytoken === '' ? password : '',
    email: textIn(entry, 'email'),
    serveraddress: registry,
    identitytoken,
    registrytoken: textIn(entry, 'registrytoken'),
  })
}

function omitEmpty(auth: Readonly<Record<string, string | undefined>>): RegistryAuth {
  return Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== undefined && value !== ''))
}

/**
 * Formats a config.json that contains only credentials, byte for byte as docker writes it for a container: sorted by
 * registry, with names and passwords as base64 of `username:password`.
 */
export function formatAuthsFile(credentials: Readonly<Record<string, RegistryAuth>>): string {
  const auths = Object.keys(credentials)
    .sort()
    .map((registry) => [registry, formatEntry(credentials[registry] ?? {})])
  return JSON.stringify({ auths: Object.fromEntries(auths) }, null, '\t')
}

function formatEntry({ username = '', password = '', email, identitytoken, registrytoken }: RegistryAuth) {
  const hasLogin = username !== '' || password !== ''
  const auth = hasLogin ? Buffer.from(`${username}:${password}`).toString('base64') : undefined
  return { auth, email, identitytoken, registrytoken }
}
