import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { ago } from '../../format/text/units.ts'
import type { Cli } from '../cli.ts'

/** How long the daemon may take to tell what a hint needs; it is not worth more. */
export const PATIENCE_MS = 2000

/** Whom a hint asks, and for how long. */
export interface Asker {
  readonly engine: Cli['engine']
  readonly now: Date
  readonly signal: AbortSignal
}

/** What a message that fits a pattern lets a person try. */
export interface Rule {
  readonly pattern: RegExp
  /** @param found what the pattern's groups matched @returns the hint; empty for none */
  readonly advise: (found: readonly string[], asker: Asker) => Promise<string>
}

/** The container's own name, not one that a link gave it. */
export function nameOf({ Names, Id = '' }: ContainerSummary): string {
  const own = (Names ?? []).map((name) => name.slice(1)).find((name) => !name.includes('/'))
  return own ?? truncateId(Id)
}

export function isRunning({ State = '' }: ContainerSummary): boolean {
  return ['running', 'paused', 'restarting'].includes(State)
}

/** `exited 3 days ago`, `up 2 hours`, `created 3 days ago`: the state as `ps` shows it, in the middle of a sentence. */
export function stateOf({ State = '', Status = '', Created = 0 }: ContainerSummary, now: Date): string {
  if (State === 'created') return `created ${ago(Created, now.getTime())}`
  const state = Status.replace(/^Exited \(-?\d+\)/, 'exited') || State
  return state.slice(0, 1).toLowerCase() + state.slice(1)
}

/** The containers that the filters leave, stopped ones too. */
export function containersWith(filters: Filters, { engine, signal }: Asker): Promise<ContainerSummary[]> {
  return engine.containers.list({ all: true, size: false, filters, signal })
}
