import { type Filters, withFilter } from '../domain/filter.ts'
import { textListIn } from '../domain/json.ts'
import { splitKeyValue } from '../domain/key-value.ts'
import type { ConfigFile } from './config-file.ts'

/** The opposite of each label filter. */
const OPPOSITES: ReadonlyMap<string, string> = new Map([
  ['label', 'label!'],
  ['label!', 'label'],
])

/**
 * Adds config.json's `pruneFilters` to the typed filters. As in docker 28, a label filter is only added if filters of the
 * opposite kind were typed and none of them names the same label (docker/cli command.PruneFilters).
 */
export function withConfiguredFilters(typed: Filters, { data }: ConfigFile): Filters {
  let filters = typed
  for (const text of textListIn(data, 'pruneFilters')) {
    const { key, value } = splitKeyValue(text)
    if (value === undefined) continue
    const opposite = OPPOSITES.get(key)
    if (opposite === undefined || !matches(filters, opposite, value)) filters = withFilter(filters, key, value)
  }
  return filters
}

/** Returns whether a filter has the value. Like docker's `Args.ExactMatch`, it is true without a filter of that name. */
function matches(filters: Filters, key: string, value: string): boolean {
  const values = filters[key]
  return values === undefined || values[value] === true
}
