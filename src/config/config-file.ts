import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, messageOf } from '../domain/errors.ts'

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

/** Reads `config.json` in the folder; a missing one is an empty one. */
export function loadConfigFile(dir: string): ConfigFile {
  const path = join(dir, 'config.json')
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (isObject(data)) return { dir, path, data, warning: '' }
    return unreadable(dir, path, 'it holds no JSON object')
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return { dir, path, data: {}, warning: '' }
    return unreadable(dir, path, messageOf(error))
  }
}

function unreadable(dir: string, path: string, reason: string): ConfigFile {
  return { dir, path, data: {}, warning: `WARNING: Error parsing config file (${path}): ${reason}` }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text under a key; empty when there is none. */
export function textAt(data: JsonObject, key: string): string {
  const value = data[key]
  return typeof value === 'string' ? value : ''
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
