// The fields of JSON objects as Go's decoder finds them: without regard to case.

/** A JSON object whose values are unknown. */
export type JsonObject = { [key: string]: unknown }

/** Whether a JSON value is an object, and not null or an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Returns the type of a value as Go's errors name it. */
export function jsonType(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** Returns the keys of an object that Go's decoder matches with a field, regardless of case. */
export function keysOfField(data: JsonObject, field: string): string[] {
  const folded = foldedKey(field)
  return Object.keys(data).filter((key) => foldedKey(key) === folded)
}

/** Returns the value of a field as Go's decoder does: of several keys the last wins, but `null` does not change the value. */
export function fieldOf(data: JsonObject, field: string): unknown {
  const key = keysOfField(data, field).findLast((each) => data[each] !== null)
  return key === undefined ? undefined : data[key]
}

/**
 * Returns the object with the known fields renamed to Go's spelling. Other keys do not change.
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

/** Folds the case as Go does, which also folds the long s and the Kelvin sign. */
function foldedKey(key: string): string {
  return key.toLowerCase().replaceAll('\u017f', 's')
}
