import { type Filters, withFilter } from '../domain/filter.ts'
import { splitKeyValue } from '../domain/key-value.ts'
import { type ConfigFile, textListAt } from './config-file.ts'

/** A label filter does not count where this one says the opposite. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['label', 'label!'],
  ['label!', 'label'],
])

/**
 * Adds config.json's `pruneFilters` to those that were typed, as docker 28 does: one of labels counts only beside typed
 * ones of its opposite kind that do not name the same label (docker/cli command.PruneFilters).
 */
export function withConfiguredFilters(typed: Filters, { data }: ConfigFile): Filters {
  let filters = typed
  for (const text of textListAt(data, 'pruneFilters')) {
    const { key, value } = splitKeyValue(text)
    if (value === undefined) continue
    const opposite = OPPOSITES.get(key)
    if (opposite === undefined || !matches(filters, opposite, value)) filters = withFilter(filters, key, value)
  }
  return filters
}

/** Go's `ExactMatch` of filters, which also holds where there is no filter of that name. */
function matches(filters: Filters, key: string, value: string): boolean {
  const values = filters[key]
  return values === undefined || values[value] === true
}
