import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { Service } from '../../domain/service/service.ts'
import { nodeReference } from '../swarm/node.ts'

/** How the tasks of services are asked for, and what docker says of the services that there are not. */
export interface TaskFilters {
  readonly filters: Filters
  readonly missing: readonly string[]
}

/**
 * Filters for the tasks of services, by whole id, whole name or the beginning of an id. What was typed as `node` may be
 * `self`.
 * @throws ExitStatus where there is none of the services, or one is not clear; EngineError, ConnectionError
 */
export async function taskFilters(names: readonly string[], typed: Filters, cli: Cli): Promise<TaskFilters> {
  const { services } = cli.engine
  const byId = await services.list(filterOf('id', names), false)
  const byName = await services.list(filterOf('name', names), false)
  let filters = typed
  let hasFound = false
  const missing: string[] = []
  for (const name of names) {
    const ids = matching(name, byId, byName)
    for (const id of ids) filters = withFilter(filters, 'service', id)
    hasFound ||= ids.length > 0
    if (ids.length === 0) missing.push(`no such service: ${name}`)
  }
  if (!hasFound) throw new ExitStatus(1, missing.join('\n'))
  return { filters: await withNodeIds(filters, cli), missing }
}

/** @throws ExitStatus where the beginning of an id fits several */
function matching(name: string, byId: readonly Service[], byName: readonly Service[]): string[] {
  const whole = byId.find(({ ID }) => ID === name) ?? byName.find(({ Spec }) => Spec?.Name === name)
  if (whole) return [whole.ID ?? '']
  const begun = byId.map(({ ID = '' }) => ID).filter((id) => id.startsWith(name))
  if (begun.length > 1) throw new ExitStatus(1, `multiple services found with provided prefix: ${name}`)
  return begun
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
