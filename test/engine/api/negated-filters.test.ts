import { expect, test } from 'vitest'
import type { ContainerSummary } from '../../../src/domain/container/container.ts'
import { addFilter, type Filters } from '../../../src/domain/filter.ts'
import type { ListContainers } from '../../../src/engine/api/list-requests.ts'
import { listContainersWithout } from '../../../src/engine/api/negated-filters.ts'

const CONTAINERS: readonly ContainerSummary[] = ['a', 'b', 'c', 'd'].map((Id) => ({ Id }))

/** Lists by ids, as daemons do with the filter `id`, and records the requests. */
function recorder(containers = CONTAINERS) {
  const requests: ListContainers[] = []
  const list = async (request: ListContainers) => {
    requests.push(request)
    const { id } = request.filters
    return containers.filter(({ Id = '' }) => id === undefined || id[Id])
  }
  return { requests, list }
}

const filtersOf = (...typed: string[]) => typed.reduce<Filters>(addFilter, {})

test('leaves out what any of the negated filters matches', async () => {
  const { list, requests } = recorder()
  const request = { all: true, size: false, filters: filtersOf('id!=b', 'id!=d', 'id=a', 'id=b') }
  expect(await listContainersWithout(request, list)).toEqual([{ Id: 'a' }])
  expect(requests.map(({ filters }) => filters)).toEqual([
    filtersOf('id=a', 'id=b'),
    filtersOf('id=b'),
    filtersOf('id=d'),
  ])
})

test('counts what remains for a limit, and requests sizes only once', async () => {
  const { list, requests } = recorder()
  const request = { all: false, size: true, limit: 2, filters: filtersOf('id!=a') }
  expect(await listContainersWithout(request, list)).toEqual([{ Id: 'b' }, { Id: 'c' }])
  expect(requests).toEqual([
    { all: true, size: true, filters: {} },
    { all: true, size: false, filters: filtersOf('id=a') },
  ])
})

test('looks at containers in any state for a negated status, and only then', async () => {
  const { list, requests } = recorder([])
  await listContainersWithout({ all: false, size: false, filters: filtersOf('status!=running') }, list)
  await listContainersWithout({ all: false, size: false, filters: filtersOf('name!=a') }, list)
  expect(requests.map(({ all }) => all)).toEqual([true, true, false, true])
})

test('does not list a container that is created between the requests', async () => {
  const containers = [...CONTAINERS]
  const { list } = recorder(containers)
  const listed = await listContainersWithout(
    { all: true, size: false, filters: filtersOf('id!=new') },
    async (request) => {
      const rows = await list(request)
      if (request.filters.id === undefined) containers.push({ Id: 'new' })
      return rows
    },
  )
  expect(listed).toEqual(CONTAINERS)
})
