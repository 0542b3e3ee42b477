import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'

/** A JSON object whose values have not been looked at yet. */
export type JsonObject = { [key: string]: unknown }

/** config.json as it stands on disk: keys that we do not know are kept, in their order. */
export interface ConfigFile {
  readonly dir: string
  readonly path: string
  readonly data: JsonObject
  /** What docker says on stderr when the file cannot be read as JSON; empty otherwise. */
  readonly warning: string
}

/** Reads `config.json` in the directory; a missing one is an empty one. */
export function loadConfigFile(dir: string): ConfigFile {
  const path = join(dir, 'config.json')
  try {
    const text = readFileSync(path, 'utf8')
    const data = text.trim() === '' ? {} : (parse(text) ?? {})
    const complaint = complaintAbout(data)
    return { dir, path, data: isObject(data) ? data : {}, warning: complaint && parseWarning(path, complaint) }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { dir, path, data: {}, warning: '' }
    return { dir, path, data: {}, warning: readWarning(path, error) }
  }
}

/** @throws Error in Go's words for what is not JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(goJsonError(text))
  }
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
const OBJECT_KEYS = ['HttpHeaders', 'auths', 'credHelpers', 'proxies']
const LIST_KEYS = ['cliPluginsExtraDirs', 'pruneFilters']

/** The first value that has another type than docker expects, in docker's words; empty when all fit. */
function complaintAbout(data: unknown): string {
  if (!isObject(data)) return `json: cannot unmarshal ${jsonType(data)} into Go value of type configfile.ConfigFile`
  const text = TEXT_KEYS.find((key) => data[key] != null && typeof data[key] !== 'string')
  if (text)
    return `json: cannot unmarshal ${jsonType(data[text])} into Go struct field ConfigFile.${text} of type string`
  const object = OBJECT_KEYS.find((key) => data[key] != null && !isObject(data[key]))
  if (object)
    return `json: cannot unmarshal ${jsonType(data[object])} into Go struct field ConfigFile.${object} of type map`
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

/** A value's type as Go's errors name it. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
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

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
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
