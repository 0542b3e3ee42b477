import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { decodeAuth, findAuthError } from './auth-text.ts'
import { isObject, type JsonObject, jsonType } from './config-file.ts'

/** The variable whose credentials take precedence over config.json, in docker since 28.3. */
const AUTH_VARIABLE = 'DOCKER_AUTH_CONFIG'

/**
 * Parses DOCKER_AUTH_CONFIG: `{"auths":{"reg:5000":{"auth":"…"}}}`, without other fields. The result has no prototype, so
 * that every server name can be looked up safely.
 * @throws Error with docker's message
 */
export function parseEnvironmentCredentials(text: string): Record<string, RegistryAuth> {
  const credentials: Record<string, RegistryAuth> = Object.create(null)
  const auths = requireAuths(parseFirstValue(text))
  for (const server in auths) {
    const auth = requireAuth(auths[server], server)
    if (auth === '') throw new Error(`${AUTH_VARIABLE} environment variable is missing key \`auth\` for ${server}`)
    const fault = findAuthError(auth)
    if (fault !== '') throw new Error(fault)
    credentials[server] = { ...decodeAuth(auth), serveraddress: server }
  }
  return credentials
}

function parseFirstValue(text: string): unknown {
  const end = endOfFirstJsonValue(text)
  if (end < 0) throw new Error(goJsonError(text))
  if (text.slice(end).trim() !== '') throw new Error(`${AUTH_VARIABLE} does not support more than one JSON object`)
  return JSON.parse(text.slice(0, end))
}

function requireAuths(value: unknown): JsonObject {
  if (value === null) return {}
  if (!isObject(value)) {
    throw new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type configfile.configEnv`)
  }
  const auths = requireOnlyKey(value, 'auths') ?? {}
  if (isObject(auths)) return auths
  const type = 'map[string]configfile.configEnvAuth'
  throw new Error(`json: cannot unmarshal ${jsonType(auths)} into Go struct field configEnv.auths of type ${type}`)
}

function requireAuth(entry: unknown, server: string): string {
  if (entry === null) return ''
  const field = `configEnv.auths.${server}`
  if (!isObject(entry)) {
    throw new Error(
      `json: cannot unmarshal ${jsonType(entry)} into Go struct field ${field} of type configfile.configEnvAuth`,
    )
  }
  const auth = requireOnlyKey(entry, 'auth') ?? ''
  if (typeof auth === 'string') return auth
  throw new Error(`json: cannot unmarshal ${jsonType(auth)} into Go struct field ${field}.auth of type string`)
}

/** Returns the value of the only allowed key. As in Go, its case does not matter. @throws Error for any other key */
function requireOnlyKey(object: JsonObject, name: string): unknown {
  let found: unknown
  for (const key in object) {
    if (key.toLowerCase() !== name) throw new Error(`json: unknown field ${JSON.stringify(key)}`)
    found = object[key]
  }
  return found
}
