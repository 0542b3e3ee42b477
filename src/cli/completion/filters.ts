/** Completes `--filter`: first `type=`, then `type=container`. */
import { SERVICE_MODES } from '../../domain/service/modes.ts'
import { DIRECTIVES, type Query, type Source, words } from './completion.ts'
import { containerNames, daemonInfo, imageNames, networkNames, serviceNames, volumeNames } from './object-names.ts'
import {
  CONTAINER_STATES,
  EVENT_ACTIONS,
  EVENT_SCOPES,
  EVENT_TYPES,
  HEALTH_STATES,
  PLUGIN_CAPABILITIES,
} from './values.ts'

type ValueList = (query: Query) => readonly string[] | Promise<readonly string[]>

/** How the values of each filter are listed. */
type FilterValues = Readonly<Record<string, ValueList>>

const allContainers: ValueList = (query) => containerNames(query, true)
const booleans: ValueList = () => ['true', 'false']
const nothing: ValueList = () => []

/** The filters of `events`. */
export const eventFilters = filters({
  container: allContainers,
  daemon: daemonNames,
  event: () => EVENT_ACTIONS,
  image: imageNames,
  label: nothing,
  network: networkNames,
  node: hostnames,
  scope: () => EVENT_SCOPES,
  type: () => EVENT_TYPES,
  volume: volumeNames,
})

/** The filters of `ps`, for the commands that choose containers by them. */
export const containerFilters = negatableFilters({
  ancestor: imageNames,
  before: allContainers,
  exited: nothing,
  expose: nothing,
  health: () => HEALTH_STATES,
  id: nothing,
  'is-task': booleans,
  label: nothing,
  name: allContainers,
  network: networkNames,
  publish: nothing,
  since: allContainers,
  status: () => CONTAINER_STATES,
  volume: volumeNames,
})

/** The filters of `images`. */
export const imageFilters = negatableFilters({
  before: imageNames,
  dangling: booleans,
  label: nothing,
  reference: imageNames,
  since: imageNames,
  until: nothing,
})

/** The filters of `network ls`. */
export const networkFilters = negatableFilters({
  dangling: booleans,
  driver: nothing,
  id: nothing,
  label: nothing,
  name: networkNames,
  scope: () => ['local', 'global', 'swarm'],
  type: () => ['builtin', 'custom'],
})

/** The filters of `plugin ls`. */
export const pluginFilters = filters({
  capability: () => PLUGIN_CAPABILITIES,
  enabled: booleans,
})

/** The filters of `service ls` and `stack services`. */
export const serviceFilters = filters({
  id: nothing,
  label: nothing,
  mode: () => SERVICE_MODES,
  name: serviceNames,
})

/** The filters of `volume ls`. */
export const volumeFilters = negatableFilters({
  dangling: booleans,
  driver: async ({ cli }) => (await daemonInfo(cli))?.Plugins?.Volume ?? ['local'],
  label: nothing,
  name: volumeNames,
})

function filters(lists: FilterValues): Source {
  return async (query) => {
    const [key = '', ...value] = query.typed.split('=')
    const list = Object.hasOwn(lists, key) ? lists[key] : undefined
    if (value.length > 0 && list) return words((await list(query)).map((name) => `${key}=${name}`))
    const keys = Object.keys(lists).map((name) => `${name}=`)
    return words(keys, value.length > 0 ? DIRECTIVES.NoSpace | DIRECTIVES.NoFileComp : DIRECTIVES.NoSpace)
  }
}

/** Filters of which `KEY!=` is offered, too, once the `!` is typed. */
function negatableFilters(lists: FilterValues): Source {
  const plain = filters(lists)
  const negated = filters(Object.fromEntries(Object.entries(lists).map(([key, list]) => [`${key}!`, list])))
  return (query) => (/^[a-z-]+!/.test(query.typed) ? negated(query) : plain(query))
}

async function daemonNames({ cli }: Query): Promise<string[]> {
  const info = await daemonInfo(cli)
  return info === undefined ? [] : [info.Name ?? '', info.ID ?? '']
}

async function hostnames({ cli }: Query): Promise<string[]> {
  const nodes = await cli.engine.nodes.list({}).catch(() => [])
  return nodes.map(({ Description }) => Description?.Hostname ?? '')
}
