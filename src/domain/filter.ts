/** Filters as the Engine API expects them: for each key, the set of its values. */
export type Filters = Readonly<Record<string, Readonly<Record<string, true>>>>

/**
 * Adds one `--filter name=value`, with the key lower-cased and both sides trimmed, as docker does.
 * @throws Error for a filter without `=`
 */
export function addFilter(filters: Filters, typed: string): Filters {
  if (typed === '') return filters
  const equals = typed.indexOf('=')
  if (equals < 0) throw new Error('bad format of filter (expected name=value)')
  const key = typed.slice(0, equals).trim().toLowerCase()
  const value = typed.slice(equals + 1).trim()
  return withFilter(filters, key, value)
}

/** Returns the filters with one more, without trimming or lower-casing it. */
export function withFilter(filters: Filters, key: string, value: string): Filters {
  return { ...filters, [key]: { ...filters[key], [value]: true } }
}
