/**
 * Leaves out what Go leaves out of JSON where a field says `omitempty`: null, zero, the empty text and the empty list.
 * Objects stay, empty or not: they stand for what Go points to.
 */
export function omitEmpty<T extends object>(fields: T): Partial<T> {
  const kept: Partial<T> = { ...fields }
  for (const key in kept) if (isEmpty(kept[key])) delete kept[key]
  return kept
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  return value === undefined || value === null || value === '' || value === 0 || value === false
}
