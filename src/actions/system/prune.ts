import type { Cli } from '../../cli/cli.ts'
import { clockOf } from '../../cli/clock.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { DEFAULT_SOCKET } from '../../domain/context/endpoint.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { type PruneKind, type PrunePlan, type PruneReport, pruneCandidates } from '../../domain/system/prune.ts'
import { unsupportedFilter } from '../../domain/system/prune-filter.ts'
import { formatImageRemoval, formatReclaimed, formatRemoved } from '../../format/views/system/prune.ts'
import type { PruneScope } from './prune-plan.ts'

/** The result of one prune. */
interface PruneResult {
  /** What was removed, as it is printed; empty for nothing. */
  readonly text: string
  /** Disk space in bytes. */
  readonly reclaimed: number
}

/** A way to remove the unused objects of one kind. */
export interface Prune {
  readonly kind: PruneKind
  /** Whether only the daemon knows how much it removes, so that there is no plan. */
  readonly isPartial?: boolean
  readonly run: (engine: Cli['engine'], scope: RunScope) => Promise<PruneResult>
}

interface RunScope {
  readonly filters: Filters
  /** Whether tagged images are removed too, and all build cache. */
  readonly all: boolean
  /** What the user has confirmed; undefined to leave the choice to the daemon. */
  readonly plan: PrunePlan | undefined
}

export const pruneContainers = simplePrune('container', 'Deleted Containers:', (engine) => engine.containers)

export const pruneNetworks = simplePrune('network', 'Deleted Networks:', (engine) => engine.networks)

/** Removes anonymous volumes, and named ones too with the filter `all`. */
export const pruneVolumes = simplePrune('volume', 'Deleted Volumes:', (engine) => engine.volumes)

function simplePrune(
  kind: 'container' | 'network' | 'volume',
  heading: string,
  apiOf: (engine: Cli['engine']) => { prune(filters: Filters): Promise<PruneReport> },
): Prune {
  return {
    kind,
    run: async (engine, { filters, plan }) => {
      if (plan === undefined) return pruneResult(heading, await apiOf(engine).prune(filters))
      const { removePlanned } = await import('./remove-planned.ts')
      return pruneResult(heading, await removePlanned(kind, plan, engine))
    },
  }
}

export const pruneImages: Prune = {
  kind: 'image',
  run: async (engine, { filters, all, plan }) => {
    const { removed, reclaimed } = await (plan === undefined
      ? engine.images.prune(withFilter(filters, 'dangling', String(!all)))
      : (await import('./remove-planned.ts')).removePlannedImages(plan, engine))
    return pruneResult('Deleted Images:', { removed: removed.map(formatImageRemoval), reclaimed })
  },
}

/** @param keepStorage bytes of cache to keep; 0 for none */
export function pruneBuildCache(keepStorage: Int64 = 0): Prune {
  return {
    kind: 'build cache',
    isPartial: keepStorage !== 0,
    run: async (engine, { filters, all, plan }) => {
      const { removed, reclaimed } = await (plan === undefined
        ? engine.buildCache.prune({ all, keepStorage, filters })
        : (await import('./remove-planned.ts')).removePlanned('build cache', plan, engine))
      // Unlike the other kinds, the cache can give back space without losing a whole object.
      return { text: formatRemoved('Deleted build cache objects:', removed), reclaimed }
    },
  }
}

function pruneResult(heading: string, { removed, reclaimed }: PruneReport): PruneResult {
  return { text: formatRemoved(heading, removed), reclaimed: removed.length === 0 ? 0 : reclaimed }
}

/** The flags that all prunes have. */
export interface PruneFlags {
  readonly force: boolean
  readonly 'dry-run': boolean
  readonly format: string
}

/** What a prune command wants to do. */
export interface PruneRequest {
  /** What is asked before anything is removed. */
  readonly question: string
  readonly prunes: readonly Prune[]
  readonly scope: PruneScope
}

/**
 * Runs the prunes of a command one after the other, and prints what was removed and how much space that gave back. With
 * `--dry-run` it only lists what would be removed. Without `--force` it asks before; on a terminal a table of what would
 * be removed precedes the question, and exactly that is removed.
 * @throws EngineError, ConnectionError, and ExitStatus for `--format` without `--dry-run`
 */
export async function prune(request: PruneRequest, flags: PruneFlags, cli: Cli): Promise<void> {
  const { question, prunes, scope } = request
  if (flags['dry-run']) {
    const { printDryRun } = await import('./prune-dry-run.ts')
    return printDryRun(kindsOf(prunes), scope, flags.format, cli)
  }
  if (flags.format !== '') throw new ExitStatus(1, '--format needs --dry-run')
  let plan: PrunePlan | undefined
  if (!flags.force) {
    if (cli.in.isTerminal && cli.out.isTerminal && !cli.env.TUG_PLAIN) plan = await printPlan(prunes, scope, cli)
    if (!(await confirm(question, cli))) return
  }
  let reclaimed = 0
  for (const { run } of prunes) {
    const result = await run(cli.engine, { filters: scope.filters, all: scope.all ?? false, plan })
    cli.out.write(result.text)
    reclaimed += result.reclaimed
  }
  // Networks take no disk space.
  if (prunes.some(({ kind }) => kind !== 'network')) cli.out.write(formatReclaimed(reclaimed))
}

function kindsOf(prunes: readonly Prune[]): ReadonlySet<PruneKind> {
  return new Set(prunes.map(({ kind }) => kind))
}

/**
 * Prints what would be removed, and from which engine unless it is the local default.
 * @returns the plan; undefined if none can be made, so that the question is asked without it
 */
async function printPlan(prunes: readonly Prune[], scope: PruneScope, cli: Cli): Promise<PrunePlan | undefined> {
  const kinds = kindsOf(prunes)
  if (unsupportedFilter(kinds, scope.filters) !== undefined || prunes.some(({ isPartial }) => isPartial))
    return undefined
  const { planPrune } = await import('./prune-plan.ts')
  const { formatRemovals } = await import('../../format/views/system/removal-table.ts')
  try {
    const plan = await planPrune(kinds, scope, cli.engine, clockOf(cli))
    const terminal = { width: cli.out.columns || 80, colorLevel: cli.colorLevel }
    cli.out.write(formatRemovals(pruneCandidates(plan), engineName(cli), terminal))
    return plan
  } catch {
    // The prune itself will report what is wrong.
    return undefined
  }
}

/** Returns the current context and its endpoint; empty for the default engine of this machine. */
function engineName({ contextName, engine }: Cli): string {
  const { host } = engine
  if (contextName !== 'default') return `context ${contextName}, ${host}`
  return host === `unix://${DEFAULT_SOCKET}` ? '' : host
}
