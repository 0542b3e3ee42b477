import type { Cli } from '../../cli/cli.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import { formatImageRemoval, formatReclaimed, formatRemoved } from '../../format/views/system/prune.ts'

/** What a prune has to say of itself. */
interface Pruned {
  /** What was removed, for people to read; empty for nothing. */
  readonly text: string
  /** Bytes on disk. */
  readonly reclaimed: number
}

/** A way to remove what is not used of one kind of object. */
export interface Prune {
  readonly kind: 'container' | 'network' | 'volume' | 'image' | 'build cache'
  /** @param all not only what has no name */
  readonly run: (engine: Cli['engine'], filters: Filters, all: boolean) => Promise<Pruned>
}

export const pruneContainers: Prune = {
  kind: 'container',
  run: async (engine, filters) => pruned('Deleted Containers:', await engine.containers.prune(filters)),
}

export const pruneNetworks: Prune = {
  kind: 'network',
  run: async (engine, filters) => pruned('Deleted Networks:', await engine.networks.prune(filters)),
}

/** All volumes go only by the filter `all`. */
export const pruneVolumes: Prune = {
  kind: 'volume',
  run: async (engine, filters) => pruned('Deleted Volumes:', await engine.volumes.prune(filters)),
}

export const pruneImages: Prune = {
  kind: 'image',
  run: async (engine, filters, all) => {
    const { removed, reclaimed } = await engine.images.prune(withFilter(filters, 'dangling', String(!all)))
    return pruned('Deleted Images:', { removed: removed.map(formatImageRemoval), reclaimed })
  },
}

/** @param keepStorage bytes of cache to keep; 0 for none */
export function pruneBuildCache(keepStorage = 0): Prune {
  return {
    kind: 'build cache',
    run: async (engine, filters, all) => {
      const { removed, reclaimed } = await engine.buildCache.prune({ all, keepStorage, filters })
      // Of the cache alone, space counts even where nothing was removed whole.
      return { text: formatRemoved('Deleted build cache objects:', removed), reclaimed }
    },
  }
}

function pruned(head: string, { removed, reclaimed }: PruneReport): Pruned {
  return { text: formatRemoved(head, removed), reclaimed: removed.length === 0 ? 0 : reclaimed }
}

/** What is to be pruned of each kind. */
export interface PruneChoice {
  readonly filters: Filters
  readonly all?: boolean
}

/**
 * Asks, unless that is not wanted, and prunes one kind after the other, saying what went and how much space was gained.
 * Who is asked on a terminal is shown first what would go.
 * @param question undefined where nobody is to be asked
 */
export async function pruneAfter(
  question: string | undefined,
  prunes: readonly Prune[],
  choice: PruneChoice,
  cli: Cli,
): Promise<void> {
  if (question !== undefined) {
    if (cli.in.isTerminal && cli.out.isTerminal && !cli.env.TUG_PLAIN) await showPlan(prunes, choice, cli)
    if (!(await confirm(question, cli))) return
  }
  let reclaimed = 0
  for (const { run } of prunes) {
    const done = await run(cli.engine, choice.filters, choice.all ?? false)
    cli.out.write(done.text)
    reclaimed += done.reclaimed
  }
  // Networks take no space.
  if (prunes.some(({ kind }) => kind !== 'network')) cli.out.write(formatReclaimed(reclaimed))
}

/** A plan is a courtesy: when the daemon cannot tell, the question stands alone. */
async function showPlan(prunes: readonly Prune[], choice: PruneChoice, cli: Cli): Promise<void> {
  const { plannedRemovals } = await import('./prune-plan.ts')
  const { formatRemovals } = await import('../../format/views/system/removal-table.ts')
  try {
    const removals = await plannedRemovals(prunes, choice, cli.engine)
    if (removals !== undefined) cli.out.write(formatRemovals(removals, cli.out.columns || 80, cli.colorLevel))
  } catch {
    // What is wrong will be said when something is asked of the daemon in earnest.
  }
}
