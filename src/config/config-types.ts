// The Go types of config.json (docker/cli config/configfile.ConfigFile), as far as Go's decoder reports wrong values.
import { isObject, type JsonObject, jsonType } from '../domain/go/fields.ts'

/** A Go type. The name is that of Go's error messages. */
type GoType =
  | { readonly kind: 'text'; readonly name: 'string' }
  | { readonly kind: 'list' | 'map'; readonly name: string; readonly elements: GoType }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: Readonly<Record<string, GoType>> }

const TEXT: GoType = { kind: 'text', name: 'string' }
const TEXTS: GoType = { kind: 'list', name: '[]string', elements: TEXT }
const TEXT_MAP: GoType = { kind: 'map', name: 'map[string]string', elements: TEXT }

/** The fields of the objects in `auths` and `proxies`. */
export const ENTRY_FIELDS = {
  auths: ['auth', 'email', 'identitytoken', 'password', 'registrytoken', 'serveraddress', 'username'],
  proxies: ['allProxy', 'ftpProxy', 'httpProxy', 'httpsProxy', 'noProxy'],
} as const

const TEXT_FIELDS = [
  ...(['configFormat', 'credsStore', 'currentContext', 'detachKeys', 'experimental', 'imagesFormat'] as const),
  ...(['networksFormat', 'nodesFormat', 'pluginsFormat', 'psFormat', 'secretFormat', 'serviceInspectFormat'] as const),
  ...(['servicesFormat', 'statsFormat', 'tasksFormat', 'volumesFormat'] as const),
]

let created: Readonly<Record<string, GoType>> | undefined

/** Returns every field that docker reads. The fields are created when a file is read, since many users have none. */
function configFields(): Readonly<Record<string, GoType>> {
  created ??= {
    ...texts(...TEXT_FIELDS),
    HttpHeaders: TEXT_MAP,
    aliases: TEXT_MAP,
    auths: structs('types.AuthConfig', ENTRY_FIELDS.auths),
    cliPluginsExtraDirs: TEXTS,
    credHelpers: TEXT_MAP,
    features: TEXT_MAP,
    plugins: { kind: 'map', name: 'map[string]map[string]string', elements: TEXT_MAP },
    proxies: structs('configfile.ProxyConfig', ENTRY_FIELDS.proxies),
    pruneFilters: TEXTS,
  }
  return created
}

/** Returns the names of all fields. */
export function fieldNames(): readonly string[] {
  return Object.keys(configFields())
}

/** Returns Go's message for the first value of a wrong type, in the order of the file; empty if there is none. */
export function findTypeError(data: unknown): string {
  if (isObject(data)) return findIn(data, configFields(), 'ConfigFile', '')
  return `json: cannot unmarshal ${jsonType(data)} into Go value of type configfile.ConfigFile`
}

function texts(...names: readonly string[]): Record<string, GoType> {
  return Object.fromEntries(names.map((name) => [name, TEXT]))
}

function structs(name: string, fields: readonly string[]): GoType {
  return { kind: 'map', name: `map[string]${name}`, elements: { kind: 'struct', name, fields: texts(...fields) } }
}

/** @param path the fields above, joined and followed by dots */
function findIn(data: JsonObject, fields: Readonly<Record<string, GoType>>, struct: string, path: string): string {
  for (const name in data) {
    const type = Object.hasOwn(fields, name) ? fields[name] : undefined
    const fault = type === undefined ? '' : faultOf(data[name], type, struct, path + name)
    if (fault !== '') return fault
  }
  return ''
}

function faultOf(value: unknown, type: GoType, struct: string, path: string): string {
  // Go leaves the value as it is at `null`.
  if (value === null) return ''
  const found = jsonType(value)
  if (type.kind === 'text' ? found !== 'string' : found !== (type.kind === 'list' ? 'array' : 'object')) {
    return `json: cannot unmarshal ${found} into Go struct field ${struct}.${path} of type ${type.name}`
  }
  if (type.kind === 'struct' && isObject(value)) {
    return findIn(value, type.fields, type.name.replace(/.*\./, ''), `${path}.`)
  }
  if (type.kind !== 'list' && type.kind !== 'map') return ''
  for (const element of Object.values(value ?? {})) {
    const fault = faultOf(element, type.elements, struct, path)
    if (fault !== '') return fault
  }
  return ''
}
