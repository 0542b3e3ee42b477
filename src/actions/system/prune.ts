import type { Cli } from '../../cli/cli.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import { formatImageRemoval, formatReclaimed, formatRemoved } from '../../format/views/system/prune.ts'
import type { PruneKind, PruneScope } from './prune-plan.ts'

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
  /** @param all whether tagged images are removed too, and all build cache */
  readonly run: (engine: Cli['engine'], filters: Filters, all: boolean) => Promise<PruneResult>
}

export const pruneContainers: Prune = {
  kind: 'container',
  run: async (engine, filters) => pruneResult('Deleted Containers:', await engine.containers.prune(filters)),
}

export const pruneNetworks: Prune = {
  kind: 'network',
  run: async (engine, filters) => pruneResult('Deleted Networks:', await engine.networks.prune(filters)),
}

/** Removes anonymous volumes, and named ones too with the filter `all`. */
export const pruneVolumes: Prune = {
  kind: 'volume',
  run: async (engine, filters) => pruneResult('Deleted Volumes:', await engine.volumes.prune(filters)),
}

export const pruneImages: Prune = {
  kind: 'image',
  run: async (engine, filters, all) => {
    const { removed, reclaimed } = await engine.images.prune(withFilter(filters, 'dangling', String(!all)))
    return pruneResult('Deleted Images:', { removed: removed.map(formatImageRemoval), reclaimed })
  },
}

/** @param keepStorage bytes of cache to keep; 0 for none */
export function pruneBuildCache(keepStorage = 0): Prune {
  return {
    kind: 'build cache',
    run: async (engine, filters, all) => {
      const { removed, reclaimed } = await engine.buildCache.prune({ all, keepStorage, filters })
      // Unlike the other kinds, the cache can give back space without losing a whole object.
      return { text: formatRemoved('Deleted build cache objects:', removed), reclaimed }
    },
  }
}

function pruneResult(heading: string, { removed, reclaimed }: PruneReport): PruneResult {
  return { text: formatRemoved(heading, removed), reclaimed: removed.length === 0 ? 0 : reclaimed }
}

/**
 * Asks for confirmation, runs the prunes one after the other, and prints what was removed and how much space that gave
 * back. On a terminal a table of what would be removed precedes the question.
 * @param question undefined to prune without asking (`--force`)
 * @throws EngineError, ConnectionError
 */
export async function confirmAndPrune(
  question: string | undefined,
  prunes: readonly Prune[],
  scope: PruneScope,
  cli: Cli,
): Promise<void> {
  if (question !== undefined) {
    if (cli.in.isTerminal && cli.out.isTerminal && !cli.env.TUG_PLAIN) await printPlan(prunes, scope, cli)
    if (!(await confirm(question, cli))) return
  }
  let reclaimed = 0
  for (const { run } of prunes) {
    const result = await run(cli.engine, scope.filters, scope.all ?? false)
    cli.out.write(result.text)
    reclaimed += result.reclaimed
  }
  // Networks take no disk space.
  if (prunes.some(({ kind }) => kind !== 'network')) cli.out.write(formatReclaimed(reclaimed))
}

/** Prints what would be removed. The table is optional: if the daemon fails, the question is asked without it. */
async function printPlan(prunes: readonly Prune[], scope: PruneScope, cli: Cli): Promise<void> {
  const { plannedRemovals } = await import('./prune-plan.ts')
  const { formatRemovals } = await import('../../format/views/system/removal-table.ts')
  try {
    const removals = await plannedRemovals(new Set(prunes.map(({ kind }) => kind)), scope, cli.engine)
    if (removals !== undefined) cli.out.write(formatRemovals(removals, cli.out.columns || 80, cli.colorLevel))
  } catch {
    // The prune itself will report what is wrong.
  }
}
