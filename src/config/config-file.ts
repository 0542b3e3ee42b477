import { codeOf, messageOf, systemReason } from '../domain/errors.ts'
import { isObject, type JsonObject, jsonType, withFieldNames } from '../domain/go/fields.ts'
import { endOfFirstJsonValue, goJsonError } from '../domain/go/json.ts'
import { joinPath } from '../domain/go/path.ts'
import { objectIn, textIn } from '../domain/json.ts'
import { findAuthError } from './auth-text.ts'
import { ENTRY_FIELDS, fieldNames, findTypeError } from './config-types.ts'
import { readBoundedFile } from './read-bounded.ts'

export { isObject, type JsonObject, jsonType }

/** The contents of config.json. Unknown keys are preserved, in their order. */
export interface ConfigFile {
  readonly dir: string
  readonly path: string
  readonly data: JsonObject
  /** docker's warning if the file cannot be read, is not valid JSON, or has values of wrong types; empty otherwise. */
  readonly warning: string
  /** Whether the file could not be read as a JSON object, so that nothing is known about its contents. */
  readonly isDamaged: boolean
  /** Whether the file selects a context, but is too damaged to tell which one. */
  readonly isContextUnknown: boolean
}

/** Reads `config.json` from a directory. A missing file counts as an empty one. */
export function loadConfigFile(dir: string): ConfigFile {
  const path = joinPath(dir, 'config.json')
  let text: string
  try {
    text = readBoundedFile(path)
  } catch (error) {
    const warning = codeOf(error) === 'ENOENT' ? '' : readWarning(path, error)
    return { dir, path, data: {}, warning, isDamaged: warning !== '', isContextUnknown: false }
  }
  try {
    const parsed = text.trim() === '' ? {} : (parse(text) ?? {})
    const data = isObject(parsed) ? withKnownNames(parsed) : parsed
    const fault = findTypeError(data) || (isObject(data) ? findInvalidAuth(data) : '')
    const warning = fault && parseWarning(path, fault)
    if (!isObject(data)) return { dir, path, data: {}, warning, isDamaged: true, isContextUnknown: false }
    const isContextUnknown = typeof (data.currentContext ?? '') !== 'string'
    return { dir, path, data, warning, isDamaged: false, isContextUnknown }
  } catch (error) {
    const warning = readWarning(path, error)
    return { dir, path, data: {}, warning, isDamaged: true, isContextUnknown: namesContext(text) }
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
  const data = withFieldNames(parsed, fieldNames())
  for (const [field, names] of Object.entries(ENTRY_FIELDS)) {
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

/** Returns docker's message for the first `auth` that is invalid; empty if there is none. */
function findInvalidAuth(data: JsonObject): string {
  const auths = objectIn(data, 'auths')
  for (const name in auths) {
    const fault = findAuthError(textIn(objectIn(auths, name), 'auth'))
    if (fault !== '') return fault
  }
  return ''
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
