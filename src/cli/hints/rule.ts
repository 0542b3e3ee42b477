/** What all hints have in common: a pattern of an error message, and how the hint for it is found. */
import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { truncateId } from '../../format/text/truncate.ts'
import { ago } from '../../format/text/units.ts'
import type { Cli } from '../cli.ts'

/** How long the requests for a hint may take together, in milliseconds. A hint is not worth a longer wait. */
export const HINT_TIMEOUT_MS = 2000

/** What a hint may use to find out more. */
export interface HintContext {
  readonly engine: Cli['engine']
  readonly now: Date
  /** Aborts the requests after `HINT_TIMEOUT_MS`. */
  readonly signal: AbortSignal
}

/** The hint for error messages that match a pattern. */
export interface Rule {
  readonly pattern: RegExp
  /** @param groups what the groups of the pattern matched @returns the hint; empty for none */
  readonly advise: (groups: readonly string[], context: HintContext) => Promise<string>
}

/** Returns the container's own name, not one that a link gave it. */
export function containerName({ Names, Id = '' }: ContainerSummary): string {
  const own = (Names ?? []).map((name) => name.slice(1)).find((name) => !name.includes('/'))
  return own ?? truncateId(Id)
}

export function isRunning({ State = '' }: ContainerSummary): boolean {
  return ['running', 'paused', 'restarting'].includes(State)
}

/** Returns the status as `ps` shows it, in lower case and without the exit code: `exited 3 days ago`, `up 2 hours`. */
export function statusText({ State = '', Status = '', Created = 0 }: ContainerSummary, now: Date): string {
  if (State === 'created') return `created ${ago(Created, now.getTime())}`
  const status = Status.replace(/^Exited \(-?\d+\)/, 'exited') || State
  return status.slice(0, 1).toLowerCase() + status.slice(1)
}

/** Lists the containers that match the filters, including stopped ones. */
export function listContainers(filters: Filters, { engine, signal }: HintContext): Promise<ContainerSummary[]> {
  return engine.containers.list({ all: true, size: false, filters, signal })
}
