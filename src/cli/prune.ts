import { type Filters, withFilter } from '../domain/filter.ts'
import type { PruneReport } from '../domain/prune.ts'
import { imageRemoval, reclaimedLine, removedList } from '../format/prune.ts'
import type { Cli } from './cli.ts'
import { confirm } from './confirm.ts'

/** What a prune has to say of itself. */
interface Pruned {
  /** What was removed, for people to read; empty for nothing. */
  readonly text: string
  /** Bytes on disk. */
  readonly reclaimed: number
}

/** Removes one kind of object. @param all not only what has no name */
export type Prune = (engine: Cli['engine'], filters: Filters, all: boolean) => Promise<Pruned>

export const pruneContainers: Prune = async (engine, filters) =>
  pruned('Deleted Containers:', await engine.containers.prune(filters))

export const pruneNetworks: Prune = async (engine, filters) =>
  pruned('Deleted Networks:', await engine.networks.prune(filters))

export const pruneVolumes: Prune = async (engine, filters) =>
  pruned('Deleted Volumes:', await engine.volumes.prune(filters))

export const pruneImages: Prune = async (engine, filters, all) => {
  const { removed, reclaimed } = await engine.images.prune(withFilter(filters, 'dangling', String(!all)))
  return pruned('Deleted Images:', { removed: removed.map(imageRemoval), reclaimed })
}

/** @param keepStorage bytes of cache to keep; 0 for none */
export const pruneBuildCache =
  (keepStorage = 0): Prune =>
  async (engine, filters, all) => {
    const { removed, reclaimed } = await engine.buildCache.prune({ all, keepStorage, filters })
    // Of the cache alone, space counts even where nothing was removed whole.
    return { text: removedList('Deleted build cache objects:', removed), reclaimed }
  }

function pruned(head: string, { removed, reclaimed }: PruneReport): Pruned {
  return { text: removedList(head, removed), reclaimed: removed.length === 0 ? 0 : reclaimed }
}

/**
 * Asks, unless that is not wanted, and prunes one kind after the other, saying what went and how much space was gained.
 * @param question undefined where nobody is to be asked
 */
export async function pruneAfter(
  question: string | undefined,
  prunes: readonly Prune[],
  { filters, all = false }: { readonly filters: Filters; readonly all?: boolean },
  cli: Pick<Cli, 'engine' | 'in' | 'out'>,
): Promise<void> {
  if (question !== undefined && !(await confirm(question, cli))) return
  let reclaimed = 0
  for (const prune of prunes) {
    const done = await prune(cli.engine, filters, all)
    cli.out.write(done.text)
    reclaimed += done.reclaimed
  }
  // Networks take no space.
  if (!prunes.every((prune) => prune === pruneNetworks)) cli.out.write(reclaimedLine(reclaimed))
}
