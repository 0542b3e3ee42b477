import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { base64Fault, isObject, type JsonObject, jsonType } from './config-file.ts'

/** The variable whose credentials come before those of config.json, in docker since 28.3. */
const AUTH_VARIABLE = 'DOCKER_AUTH_CONFIG'

/**
 * The credentials in the text of DOCKER_AUTH_CONFIG, by the server's name as it stands there: `{"auths":{"reg:5000":
 * {"auth":"…"}}}` and nothing else. Servers have a null prototype, so that any name may be looked up.
 * @throws Error in docker's words
 */
export function environmentCredentials(text: string): Record<string, RegistryAuth> {
  const found: Record<string, RegistryAuth> = Object.create(null)
  const auths = authsIn(firstValue(text))
  for (const server in auths) {
    const auth = authOf(auths[server], server)
    if (auth === '') throw new Error(`${AUTH_VARIABLE} environment variable is missing key \`auth\` for ${server}`)
    found[server] = { ...decodedAuth(auth), serveraddress: server }
  }
  return found
}

function firstValue(text: string): unknown {
  const end = endOfFirstJsonValue(text)
  if (end < 0) throw new Error(goJsonError(text))
  if (text.slice(end).trim() !== '') throw new Error(`${AUTH_VARIABLE} does not support more than one JSON object`)
  return JSON.parse(text.slice(0, end))
}

function authsIn(value: unknown): JsonObject {
  if (value === null) return {}
  if (!isObject(value)) {
    throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type configfile.configEnv`)
  }
  const auths = onlyKey(value, 'auths') ?? {}
  if (isObject(auths)) return auths
  const type = 'map[string]configfile.configEnvAuth'
  throw new Error(`json: cannot unmarshal ${jsonType(auths)} into Go struct field configEnv.auths of type ${type}`)
}

function authOf(entry: unknown, server: string): string {
  if (entry === null) return ''
  const field = `configEnv.auths.${server}`
  if (!isObject(entry)) {
    throw new Error(
      `json: cannot unmarshal ${jsonType(entry)} into Go struct field ${field} of type configfile.configEnvAuth`,
    )
  }
  const auth = onlyKey(entry, 'auth') ?? ''
  if (typeof auth === 'string') return auth
  throw new Error(`json: cannot unmarshal ${jsonType(auth)} into Go struct field ${field}.auth of type string`)
}

/** The value of the one key there may be, which Go finds in any case. @throws Error for another key */
function onlyKey(object: JsonObject, name: string): unknown {
  let found: unknown
  for (const key in object) {
    if (key.toLowerCase() !== name) throw new Error(`json: unknown field ${JSON.stringify(key)}`)
    found = object[key]
  }
  return found
}

/** `auth` is base64 of `username:password`. */
function decodedAuth(auth: string): RegistryAuth {
  const fault = base64Fault(auth)
  if (fault !== '') throw new Error(fault)
  const text = Buffer.from(auth, 'base64').toString()
  const colon = text.indexOf(':')
  if (colon <= 0) throw new Error('Invalid auth configuration file')
  return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/^\0+|\0+$/g, '') }
}
