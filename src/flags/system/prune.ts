import type { Filters } from '../../domain/filter.ts'
import { bool, type SwitchFlag, type ValueFlag } from '../flag.ts'
import { filters } from '../shared.ts'

/** `--force` of a prune. */
export function withoutAsking(): SwitchFlag {
  return bool({ char: 'f', summary: "Don't ask first" })
}

/** `--filter` of a prune, which has no short form: `-f` is `--force`. */
export function pruneFilter(minApi?: string): ValueFlag<Filters> {
  const summary = 'Remove only what matches a condition (until=24h, label=KEY=VALUE)'
  return filters({ summary, ...(minApi === undefined ? {} : { minApi }) })
}
