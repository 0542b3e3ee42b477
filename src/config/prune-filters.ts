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
 * Adds config.json's `pruneFilters` to the typed filters. Typed filters take precedence: a typed `label` over all
 * configured ones, and each over the opposite filter of the same label. docker 28 drops label filters unless filters of the opposite kind were typed, and so deletes what
 * `label!=keep` was meant to protect (docker/cli command.PruneFilters).
 */
export function withConfiguredFilters(typed: Filters, { data }: ConfigFile): Filters {
  let filters = typed
  for (const text of textListIn(data, 'pruneFilters')) {
    const { key, value } = splitKeyValue(text)
    if (value === undefined) continue
    const opposite = OPPOSITES.get(key)
    const isOverridden =
      (opposite !== undefined && typed[opposite]?.[value] === true) || (key === 'label' && typed.label !== undefined)
    if (!isOverridden) filters = withFilter(filters, key, value)
  }
  return filters
}
