import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { Service } from '../../domain/service/service.ts'
import { nodeReference } from '../swarm/nodes.ts'

/** The filters of a task list, and docker's messages for services that do not exist. */
export interface TaskFilters {
  readonly filters: Filters
  readonly missing: readonly string[]
}

/**
 * Returns the filters for the tasks of services. A service is found by id, name or the beginning of an id. The filter
 * `node` may be `self`.
 * @throws ExitStatus if none of the services exists or one is ambiguous; EngineError, ConnectionError
 */
export async function taskFilters(names: readonly string[], typed: Filters, cli: Cli): Promise<TaskFilters> {
  const { services } = cli.engine
  const byId = await services.list(filterOf('id', names), false)
  const byName = await services.list(filterOf('name', names), false)
  let filters = typed
  let hasFound = false
  const missing: string[] = []
  for (const name of names) {
    const ids = matchingIds(name, byId, byName)
    for (const id of ids) filters = withFilter(filters, 'service', id)
    hasFound ||= ids.length > 0
    if (ids.length === 0) missing.push(`no such service: ${name}`)
  }
  if (!hasFound) throw new ExitStatus(1, missing.join('\n'))
  return { filters: await withNodeIds(filters, cli), missing }
}

/** @throws ExitStatus if several ids begin with the name */
function matchingIds(name: string, byId: readonly Service[], byName: readonly Service[]): string[] {
  const exact = byId.find(({ ID }) => ID === name) ?? byName.find(({ Spec }) => Spec?.Name === name)
  if (exact) return [exact.ID ?? '']
  const prefixed = byId.map(({ ID = '' }) => ID).filter((id) => id.startsWith(name))
  if (prefixed.length > 1) throw new ExitStatus(1, `multiple services found with provided prefix: ${name}`)
  return prefixed
}

function filterOf(key: string, values: readonly string[]): Filters {
  return values.reduce((filters: Filters, value) => withFilter(filters, key, value), {})
}

async function withNodeIds({ node, ...filters }: Filters, cli: Cli): Promise<Filters> {
  if (node === undefined) return filters
  const ids: string[] = []
  for (const typed of Object.keys(node)) ids.push(await nodeReference(typed, cli))
  return { ...filters, ...filterOf('node', ids) }
}
