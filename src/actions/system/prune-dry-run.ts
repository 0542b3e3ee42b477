import type { Cli } from '../../cli/cli.ts'
import { clockOf } from '../../cli/clock.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type PruneKind, type PrunePlan, pruneCandidates } from '../../domain/system/prune.ts'
import { unsupportedFilter } from '../../domain/system/prune-filter.ts'
import { printable } from '../../format/output.ts'
import { containerView } from '../../format/views/container/list.ts'
import { imageView } from '../../format/views/image/list.ts'
import { type Display, listView, type View } from '../../format/views/list.ts'
import { networkList } from '../../format/views/network/list.ts'
import { buildCacheList } from '../../format/views/system/disk-usage-objects.ts'
import { formatReclaimable } from '../../format/views/system/prune.ts'
import { removalList } from '../../format/views/system/removal-list.ts'
import { volumeUsageList } from '../../format/views/volume/list.ts'
import { type PruneScope, planPrune } from './prune-plan.ts'

/**
 * Prints what prunes would remove, and removes nothing. One kind of objects is printed as its list command prints it;
 * several kinds have a row for each object. The sum of the sizes follows, unless a format was given.
 * @throws EngineError, ConnectionError, FormatError, and ExitStatus for a filter that the daemon would refuse
 */
export async function printDryRun(
  kinds: ReadonlySet<PruneKind>,
  scope: PruneScope,
  format: string,
  cli: Cli,
): Promise<void> {
  const filter = unsupportedFilter(kinds, scope.filters)
  if (filter !== undefined) throw new ExitStatus(1, `invalid filter '${filter}'`)
  const formatPlan = await planFormat(kinds, format, displayFor(cli, format, format !== ''))
  const plan = await planPrune(kinds, scope, cli.engine, clockOf(cli))
  cli.out.write(printable(formatPlan(plan, cli.now())))
  if (format === '') cli.out.write(formatReclaimable(pruneCandidates(plan)))
}

/** Returns the text of a plan. */
type FormatPlan = (plan: PrunePlan, now: Date) => string

/** Prepares the format of a plan, so that errors in the format are reported before any request. */
async function planFormat(kinds: ReadonlySet<PruneKind>, format: string, display: Display): Promise<FormatPlan> {
  const [kind, ...others] = kinds
  if (kind === undefined || others.length > 0)
    return on(pruneCandidates, await listView(removalList, { format }, display))
  switch (kind) {
    case 'container': {
      const options = { format, quiet: false, noTrunc: false, size: true, sizeGiven: true }
      return on((plan) => plan.containers, await containerView(options, display))
    }
    case 'network':
      return on((plan) => plan.networks, await listView(networkList, { format }, display))
    case 'volume':
      return on((plan) => plan.volumes, await listView(volumeUsageList, { format }, display))
    case 'image':
      return on(
        (plan) => plan.images,
        await imageView({ format, quiet: false, noTrunc: false, digests: false }, display),
      )
    case 'build cache':
      return on((plan) => plan.buildCache, await listView(buildCacheList, { format }, display))
  }
}

function on<Row>(rowsOf: (plan: PrunePlan) => readonly Row[], view: View<Row>): FormatPlan {
  return (plan, now) => view.render(rowsOf(plan), now)
}
