import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { isObject, type JsonObject, jsonType, withFieldNames } from '../domain/go/fields.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { objectIn, textIn } from '../domain/json.ts'

export { isObject, type JsonObject, jsonType }

/** The contents of config.json. Unknown keys are preserved, in their order. */
export interface ConfigFile {
  readonly dir: string
  readonly path: string
  readonly data: JsonObject
  /** docker's warning if the file cannot be read or is not valid JSON; empty otherwise. */
  readonly warning: string
  /** Whether the file selects a context, but is too damaged to tell which one. */
  readonly isContextUnknown: boolean
}

/** Reads `config.json` from a directory. A missing file counts as an empty one. */
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
    const typeError = findTypeError(data)
    const warning = typeError && parseWarning(path, typeError)
    if (!isObject(data)) return { dir, path, data: {}, warning, isContextUnknown: false }
    return { dir, path, data, warning, isContextUnknown: typeof (data.currentContext ?? '') !== 'string' }
  } catch (error) {
    return { dir, path, data: {}, warning: readWarning(path, error), isContextUnknown: namesContext(text) }
  }
}

/** Returns whether a text that is not valid JSON seems to select a context. */
function namesContext(text: string): boolean {
  return /"currentContext"/i.test(text)
}

/** Parses the first JSON value of a text, ignoring what follows it. @throws Error with Go's message if it is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const end = endOfFirstJsonValue(text)
    if (end < 0) throw new Error(goJsonError(text))
    return JSON.parse(text.slice(0, end))
  }
}

/** Renames the fields of config.json and of its objects to docker's spelling, because Go ignores their case. */
function withKnownNames(parsed: JsonObject): JsonObject {
  const data = withFieldNames(parsed, FIELDS)
  for (const [field, names] of ENTRY_FIELDS) {
    const entries = data[field]
    if (!isObject(entries)) continue
    const renamed = Object.entries(entries).map(([name, entry]): [string, unknown] => [
      name,
      isObject(entry) ? withFieldNames(entry, names) : entry,
    ])
    data[field] = Object.fromEntries(renamed)
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
/** The Go types of the fields that are objects, as error messages name them. */
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

/** Returns docker's message for the first value of an unexpected type; empty if there is none. */
function findTypeError(data: unknown): string {
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
  return findBase64Error(objectIn(data, 'auths'))
}

/** Returns Go's message for the first `auth` that is not base64; empty if there is none. */
function findBase64Error(auths: JsonObject): string {
  for (const name in auths) {
    const fault = describeBase64Error(textIn(objectIn(auths, name), 'auth'))
    if (fault !== '') return fault
  }
  return ''
}

/** Returns Go's message for a text that is not base64, with the position of the first wrong byte; empty if it is. */
export function describeBase64Error(text: string): string {
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

/** Returns the members of an object that are strings, such as those of `HttpHeaders`. */
export function stringMembers(data: JsonObject): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const key in data) {
    const value = data[key]
    if (typeof value === 'string') texts[key] = value
  }
  return texts
}
