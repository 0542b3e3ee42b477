import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { isObject, type JsonObject, jsonType, withFieldNames } from '../domain/go/fields.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'

export { isObject, type JsonObject, jsonType }

/** config.json as it stands on disk: keys that we do not know are kept, in their order. */
export interface ConfigFile {
  readonly dir: string
  readonly path: string
  readonly data: JsonObject
  /** What docker says on stderr when the file cannot be read as JSON; empty otherwise. */
  readonly warning: string
  /** Whether the file chooses a context and cannot be read as far as to say which. */
  readonly isContextUnknown: boolean
}

/** Reads `config.json` in the directory; a missing one is an empty one. */
export function loadConfigFile(dir: string): ConfigFile {
  const path = join(dir, 'config.json')
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    const warning = codeOf(error) === 'ENOENT' ? '' : readWarning(path, error)
    return { dir, path, data: {}, warning, isContextUnknown: false }
  }
  try {
    const parsed = text.trim() === '' ? {} : (parse(text) ?? {})
    const data = isObject(parsed) ? withKnownNames(parsed) : parsed
    const complaint = complaintAbout(data)
    const warning = complaint && parseWarning(path, complaint)
    if (!isObject(data)) return { dir, path, data: {}, warning, isContextUnknown: false }
    return { dir, path, data, warning, isContextUnknown: typeof (data.currentContext ?? '') !== 'string' }
  } catch (error) {
    return { dir, path, data: {}, warning: readWarning(path, error), isContextUnknown: namesContext(text) }
  }
}

/** Whether a text that is not JSON seems to choose a context. */
function namesContext(text: string): boolean {
  return /"currentContext"/i.test(text)
}

/** The first value of the text; what stands behind it is not looked at. @throws Error in Go's words for what is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const end = endOfFirstJsonValue(text)
    if (end < 0) throw new Error(goJsonError(text))
    return JSON.parse(text.slice(0, end))
  }
}

/** The fields of config.json and of the objects in it, by the names that docker writes them with. */
function withKnownNames(parsed: JsonObject): JsonObject {
  const data = withFieldNames(parsed, FIELDS)
  for (const [field, names] of ENTRY_FIELDS) {
    const entries = data[field]
    if (!isObject(entries)) continue
    const named = Object.entries(entries).map(([name, entry]): [string, unknown] => [
      name,
      isObject(entry) ? withFieldNames(entry, names) : entry,
    ])
    data[field] = Object.fromEntries(named)
  }
  return data
}

const TEXT_KEYS = [
  'credsStore',
  'currentContext',
  'detachKeys',
  'imagesFormat',
  'networksFormat',
  'psFormat',
  'statsFormat',
  'volumesFormat',
]
/** The types of the objects, as Go's errors name them. */
const OBJECT_KEYS: Readonly<Record<string, string>> = {
  HttpHeaders: 'map[string]string',
  auths: 'map[string]types.AuthConfig',
  credHelpers: 'map[string]string',
  proxies: 'map[string]configfile.ProxyConfig',
}
const LIST_KEYS = ['cliPluginsExtraDirs', 'pruneFilters']

/** Every field that tug reads (docker/cli configfile.ConfigFile). */
const FIELDS = [
  ...TEXT_KEYS,
  ...Object.keys(OBJECT_KEYS),
  ...LIST_KEYS,
  'aliases',
  'configFormat',
  'features',
  'nodesFormat',
  'plugins',
  'secretFormat',
  'serviceInspectFormat',
  'servicesFormat',
  'tasksFormat',
]

/** The fields of the objects in `auths` and `proxies`. */
const ENTRY_FIELDS = [
  ['auths', ['auth', 'email', 'identitytoken', 'password', 'registrytoken', 'serveraddress', 'username']],
  ['proxies', ['allProxy', 'ftpProxy', 'httpProxy', 'httpsProxy', 'noProxy']],
] as const

/** The first value that has another type than docker expects, in docker's words; empty when all fit. */
function complaintAbout(data: unknown): string {
  if (!isObject(data)) return `json: cannot unmarshal ${jsonType(data)} into Go value of type configfile.ConfigFile`
  const text = TEXT_KEYS.find((key) => data[key] != null && typeof data[key] !== 'string')
  if (text)
    return `json: cannot unmarshal ${jsonType(data[text])} into Go struct field ConfigFile.${text} of type string`
  const object = Object.keys(OBJECT_KEYS).find((key) => data[key] != null && !isObject(data[key]))
  if (object)
    return `json: cannot unmarshal ${jsonType(data[object])} into Go struct field ConfigFile.${object} of type ${OBJECT_KEYS[object]}`
  const list = LIST_KEYS.find((key) => data[key] != null && !Array.isArray(data[key]))
  if (list)
    return `json: cannot unmarshal ${jsonType(data[list])} into Go struct field ConfigFile.${list} of type []string`
  return badAuth(objectAt(data, 'auths'))
}

/** What Go says of the first `auth` that is no base64; empty when all are. */
function badAuth(auths: JsonObject): string {
  for (const name in auths) {
    const fault = base64Fault(textAt(objectAt(auths, name), 'auth'))
    if (fault !== '') return fault
  }
  return ''
}

/** What Go says of a text that is no base64, with the byte where it stops being one; empty when it is. */
export function base64Fault(text: string): string {
  const bad = text.search(/[^A-Za-z0-9+/=]/)
  const at = bad >= 0 ? bad : text.length - (text.length % 4)
  return at < text.length ? `illegal base64 data at input byte ${at}` : ''
}

function parseWarning(path: string, reason: string): string {
  return `WARNING: Error parsing config file (${path}): ${reason}`
}

function readWarning(path: string, error: unknown): string {
  const code = codeOf(error)
  if (code === undefined) return parseWarning(path, messageOf(error))
  if (code === 'EISDIR') return parseWarning(path, `read ${path}: is a directory`)
  return `WARNING: Error loading config file: open ${path}: ${systemReason(error)}`
}

/** The text under a key; empty when there is none. */
export function textAt(data: JsonObject, key: string): string {
  const value = data[key]
  return typeof value === 'string' ? value : ''
}

/** The texts of the list under a key; empty when there is none. */
export function textListAt(data: JsonObject, key: string): readonly string[] {
  const value = data[key]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** The object under a key; empty when there is none. */
export function objectAt(data: JsonObject, key: string): JsonObject {
  const value = data[key]
  return isObject(value) ? value : {}
}

/** The texts of an object, such as `HttpHeaders`; other values are left out. */
export function textsIn(data: JsonObject): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const key in data) {
    const value = data[key]
    if (typeof value === 'string') texts[key] = value
  }
  return texts
}
