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

/** A filter typed as `--filter KEY!=VALUE`. Lists leave out what matches it. */
export interface NegatedFilter {
  readonly key: string
  readonly value: string
}

/** Whether one of the filters was typed as `KEY!=VALUE`, which leaves the `!` at the end of its key. */
export function hasNegated(filters: Filters): boolean {
  return Object.keys(filters).some(isNegated)
}

/** Separates the filters that were typed as `KEY!=VALUE` from the others. */
export function splitNegated(filters: Filters): { positive: Filters; negated: readonly NegatedFilter[] } {
  const entries = Object.entries(filters)
  return {
    positive: Object.fromEntries(entries.filter(([key]) => !isNegated(key))),
    negated: entries
      .filter(([key]) => isNegated(key))
      .flatMap(([key, values]) => Object.keys(values).map((value) => ({ key: key.slice(0, -1), value }))),
  }
}

function isNegated(key: string): boolean {
  return key.length > 1 && key.endsWith('!')
}
