// How Go writes empty values to JSON.

/**
 * Removes the fields that Go leaves out of JSON where they say `omitempty`: null, zero, false, the empty string and the
 * empty list. Objects stay, even empty ones, because they stand for Go's pointers.
 */
export function omitEmpty<T extends object>(fields: T): Partial<T> {
  const result: Partial<T> = { ...fields }
  for (const key in result) if (isEmpty(result[key])) delete result[key]
  return result
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || value === '' || value === 0 || value === false
}

/** Returns null for an empty list, as Go writes a slice that was never filled. */
export function nullIfEmpty<T>(values: readonly T[]): readonly T[] | null {
  return values.length > 0 ? values : null
}
