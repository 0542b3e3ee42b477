import { messageOf } from '../../../domain/errors.ts'
import { parseCsvRecord } from '../../../domain/go/csv.ts'

/** The fields of a flag's value, one CSV record; none where it is empty. @throws Error in buildx's words */
export function fieldsOf(text: string): readonly string[] {
  if (text === '') return []
  try {
    return parseCsvRecord(text)
  } catch (error) {
    // buildx has its own reader: a quote that is missing at the end is missed at the last character, not behind it.
    const end = Buffer.byteLength(text)
    throw new Error(messageOf(error).replace(`column ${end + 1}:`, `column ${end}:`))
  }
}

/**
 * A field as key and value.
 * @throws Error in buildx's words where there is no `=`
 */
export function keyAndValue(field: string): readonly [key: string, value: string] {
  const equals = field.indexOf('=')
  if (equals < 0) throw new Error(`invalid value ${field}`)
  return [field.slice(0, equals), field.slice(equals + 1)]
}

/** Fields as one CSV record again, where a comma asks for quotes. */
export function recordOf(entries: readonly (readonly [key: string, value: string])[]): string {
  return entries
    .map(([key, value]) => `${key}=${value}`)
    .map((field) => (field.includes(',') ? `"${field}"` : field))
    .join(',')
}

export function sortedEntries(map: Readonly<Record<string, string>>): [key: string, value: string][] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}
