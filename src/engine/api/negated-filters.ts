/**
 * Lists with filters such as `label!=keep`, which daemons refuse. What matches the filter without its `!` is requested too
 * and left out, so that a filter means what the daemon means by it. Each value is a request of its own: of several values
 * of a label, daemons list only what matches all of them.
 */
import type { ContainerSummary } from '../../domain/container/container.ts'
import { type Filters, type NegatedFilter, splitNegated, withFilter } from '../../domain/filter.ts'
import type { NetworkSummary } from '../../domain/network/network.ts'
import type { VolumeSummary } from '../../domain/volume/volume.ts'
import type { ListContainers } from './list-requests.ts'

/**
 * Requests a list and then what its negated filters match.
 *
 * The list comes first. An object that is created in between is in the matches only, so it cannot be taken for one that
 * does not match.
 * @param subtract returns the rows without what matches one negated filter
 */
export async function listDifference<Row>(
  filters: Filters,
  list: (positive: Filters) => Promise<Row[]>,
  listMatches: (filters: Filters, filter: NegatedFilter) => Promise<Row[]>,
  subtract: (rows: Row[], matches: Row[], filter: NegatedFilter) => Row[],
): Promise<Row[]> {
  const { positive, negated } = splitNegated(filters)
  let rows = await list(positive)
  const matches = await Promise.all(
    negated.map(async (filter) => listMatches(withFilter({}, filter.key, filter.value), filter)),
  )
  for (const [index, filter] of negated.entries()) rows = subtract(rows, matches[index] ?? [], filter)
  return rows
}

/** Returns the rows whose id is not among those of the matches. */
export function withoutIds<Row>(rows: Row[], matches: readonly Row[], idOf: (row: Row) => string | undefined): Row[] {
  const ids = new Set(matches.map(idOf))
  return rows.filter((row) => !ids.has(idOf(row)))
}

/**
 * Lists containers. As with `status=`, a filter `status!=` is about containers in any state. The limit counts the
 * containers that remain.
 */
export async function listContainersWithout(
  { limit, ...request }: ListContainers,
  list: (request: ListContainers) => Promise<ContainerSummary[]>,
): Promise<ContainerSummary[]> {
  const all = request.all || limit !== undefined || request.filters['status!'] !== undefined
  const containers = await listDifference(
    request.filters,
    (filters) => list({ ...request, all, filters }),
    (filters) => list({ ...request, all: true, size: false, filters }),
    (rows, matches) => withoutIds(rows, matches, ({ Id }) => Id),
  )
  if (limit === undefined) return containers
  // Daemons list the newest first, podman only if it gets a limit.
  return containers.toSorted((a, b) => (b.Created ?? 0) - (a.Created ?? 0)).slice(0, Number(limit))
}

/** Lists volumes. */
export async function listVolumesWithout(
  filters: Filters,
  list: (filters: Filters) => Promise<VolumeSummary[]>,
): Promise<VolumeSummary[]> {
  return listDifference(filters, list, list, (rows, matches) => withoutIds(rows, matches, ({ Name }) => Name))
}

/** Lists networks. */
export async function listNetworksWithout(
  filters: Filters,
  list: (filters: Filters) => Promise<NetworkSummary[]>,
): Promise<NetworkSummary[]> {
  return listDifference(filters, list, list, (rows, matches) => withoutIds(rows, matches, ({ Id }) => Id))
}
