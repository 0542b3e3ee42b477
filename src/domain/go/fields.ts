/** A JSON object whose values have not been looked at yet. */
export type JsonObject = { [key: string]: unknown }

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value's type as Go's errors name it. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** The keys of an object that Go's decoder takes for a field: letters match without regard to case. */
export function keysOfField(data: JsonObject, field: string): string[] {
  const folded = foldedKey(field)
  return Object.keys(data).filter((key) => foldedKey(key) === folded)
}

/** The value of a field as Go's decoder leaves it: of several keys the last counts, and `null` changes nothing. */
export function fieldOf(data: JsonObject, field: string): unknown {
  const key = keysOfField(data, field).findLast((each) => data[each] !== null)
  return key === undefined ? undefined : data[key]
}

/**
 * An object with the fields under the names that Go writes them with, whatever case they were read in. Other keys stay
 * as they are.
 */
export function withFieldNames(data: JsonObject, fields: readonly string[]): JsonObject {
  const names = new Map(fields.map((field) => [foldedKey(field), field]))
  const named = new Map<string, unknown>()
  for (const [key, value] of Object.entries(data)) {
    const name = names.get(foldedKey(key)) ?? key
    if (value !== null || !named.has(name)) named.set(name, value)
  }
  return Object.fromEntries(named)
}

/** The long s and the Kelvin sign are letters in another case to Go. */
function foldedKey(key: string): string {
  return key.toLowerCase().replaceAll('\u017f', 's')
}
