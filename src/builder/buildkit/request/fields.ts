import { messageOf } from '../../../domain/errors.ts'
import { parseCsvRecord } from '../../../domain/go/csv.ts'

/**
 * Splits the value of a flag, one CSV record, into fields; an empty value has none.
 * @throws Error with buildx's text
 */
export function splitFields(text: string): readonly string[] {
  if (text === '') return []
  try {
    return parseCsvRecord(text)
  } catch (error) {
    // buildx has its own CSV reader, which reports a missing quote at the last character and not after it.
    const end = Buffer.byteLength(text)
    throw new Error(messageOf(error).replace(`column ${end + 1}:`, `column ${end}:`))
  }
}

/**
 * Splits a field into key and value.
 * @throws Error with buildx's text when there is no `=`
 */
export function splitKeyValue(field: string): readonly [key: string, value: string] {
  const equals = field.indexOf('=')
  if (equals < 0) throw new Error(`invalid value ${field}`)
  return [field.slice(0, equals), field.slice(equals + 1)]
}

/** Joins keys and values into one CSV record. Fields that contain a comma are quoted. */
export function joinFields(entries: readonly (readonly [key: string, value: string])[]): string {
  return entries
    .map(([key, value]) => `${key}=${value}`)
    .map((field) => (field.includes(',') ? `"${field}"` : field))
    .join(',')
}

/** Returns the entries of a map, sorted by key as Go prints them. */
export function sortedEntries(map: Readonly<Record<string, string>>): [key: string, value: string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
