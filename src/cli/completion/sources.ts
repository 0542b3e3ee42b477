import { MANIFEST_ARCHITECTURES, MANIFEST_SYSTEMS } from '../../domain/image/manifest.ts'
import { DIRECTIVES, directories, files, nothing, type Source, words } from './completion.ts'
import { CREATE_FLAGS, choice, otherCreateFlags, variables } from './container-flags.ts'
import { eventFilters } from './event-filters.ts'
import {
  allContainers,
  configNames,
  contextNames,
  first,
  imageNames,
  isConnected,
  isNotPaused,
  isPaused,
  isStopped,
  named,
  networkNames,
  nodeNames,
  running,
  secretNames,
  serviceNames,
  volumeNames,
} from './names.ts'
import { otherServiceFlags, SERVICE_FLAGS } from './service-flags.ts'
import { OBJECT_TYPES, PLATFORMS, RESTART_POLICIES, SIGNALS } from './values.ts'

const contexts = named(contextNames)
const images = named(imageNames)
const networks = named(networkNames)
const configs = named(configNames)
const nodes = named(nodeNames)
const secrets = named(secretNames)
const services = named(serviceNames)
const volumes = named(volumeNames)
const scaledServices: Source = async (query) =>
  words(
    (await serviceNames(query)).map((name) => `${name}=`),
    DIRECTIVES.NoSpace | DIRECTIVES.NoFileComp,
  )
const behindNetwork =
  (source: Source): Source =>
  (query) =>
    (query.args.length === 0 ? networks : source)(query)

/** What the arguments of commands are, by the commands' ids. The others take none that could be offered. */
const ARGUMENTS: Readonly<Record<string, Source>> = {
  'checkpoint:ls': running(),
  'config:create': (query) => (query.args.length === 1 ? files : nothing)(query),
  'config:inspect': configs,
  'config:rm': configs,
  'container:attach': running(isNotPaused),
  'container:commit': running(),
  'container:cp': files,
  'container:create': images,
  'container:diff': running(),
  'container:exec': running(isNotPaused),
  'container:export': allContainers(),
  'container:inspect': allContainers(),
  'container:kill': running(),
  'container:logs': allContainers(),
  'container:pause': running(isNotPaused),
  'container:port': running(),
  'container:rename': allContainers(),
  'container:restart': allContainers(),
  'container:rm': allContainers((container, { flags }) => flags.force === true || isStopped(container)),
  'container:run': first(1, images),
  'container:start': allContainers(isStopped),
  'container:stats': running(),
  'container:stop': running(),
  'container:top': running(),
  'container:unpause': running(isPaused),
  'container:update': allContainers(),
  'container:wait': running(),
  'context:export': (query) => (query.args.length === 0 ? contexts : files)(query),
  'context:import': files,
  'context:inspect': contexts,
  'context:rm': contexts,
  'context:update': first(1, contexts),
  'context:use': first(1, contexts),
  'image:build': directories,
  'image:history': first(1, images),
  'image:import': files,
  'image:inspect': images,
  'image:ls': files,
  'image:push': first(1, images),
  'image:rm': images,
  'image:save': images,
  'image:tag': first(2, images),
  logout: files,
  'network:connect': behindNetwork(allContainers()),
  'network:disconnect': behindNetwork(allContainers(isConnected)),
  'network:inspect': networks,
  'network:prune': files,
  'network:rm': networks,
  'node:demote': nodes,
  'node:inspect': nodes,
  'node:promote': nodes,
  'node:ps': nodes,
  'node:rm': nodes,
  'node:update': nodes,
  search: files,
  'secret:create': (query) => (query.args.length === 1 ? files : nothing)(query),
  'secret:inspect': secrets,
  'secret:rm': secrets,
  'service:inspect': services,
  'service:logs': services,
  'service:ps': services,
  'service:rm': services,
  'service:rollback': services,
  'service:scale': scaledServices,
  'service:update': services,
  'swarm:join-token': first(1, choice(['worker', 'manager'])),
  'volume:inspect': volumes,
  'volume:rm': volumes,
}

const platform = choice(PLATFORMS)
const signal = choice(SIGNALS)

/** What the flags of commands take, by the commands' ids; the others may name files. */
const FLAGS: Readonly<Record<string, Readonly<Record<string, Source>>>> = {
  'container:create': CREATE_FLAGS,
  'container:exec': { env: named(variables) },
  'container:kill': { signal },
  'container:restart': { signal },
  'container:run': CREATE_FLAGS,
  'container:stop': { signal },
  'container:update': { restart: choice(RESTART_POLICIES) },
  'image:build': { platform },
  'image:history': { platform },
  'image:import': { platform },
  'image:inspect': { platform },
  'image:load': { platform },
  'image:pull': { platform },
  'image:push': { platform },
  'image:rm': { platform },
  'image:save': { platform },
  ...SERVICE_FLAGS,
  inspect: { format: nothing, type: choice(OBJECT_TYPES) },
  'manifest:annotate': { arch: choice(MANIFEST_ARCHITECTURES), os: choice(MANIFEST_SYSTEMS) },
  'node:ls': { filter: nothing, format: nothing },
  'node:ps': { filter: nothing },
  'node:update': { availability: choice(['active', 'pause', 'drain']), role: choice(['worker', 'manager']) },
  'system:events': { filter: eventFilters },
}

const GLOBAL_FLAGS: Readonly<Record<string, Source>> = {
  color: choice(['auto', 'always', 'never']),
  context: contexts,
  'log-level': choice(['debug', 'info', 'warn', 'error', 'fatal', 'panic']),
}

/** @param id the command's, such as `container:rm` */
export function argumentSource(id: string): Source {
  return find(ARGUMENTS, id) ?? nothing
}

/** @param id the command's @param flag its long name */
export function flagSource(id: string, flag: string): Source {
  return find(find(FLAGS, id) ?? {}, flag) ?? otherFlags(id)
}

function otherFlags(id: string): Source {
  if (id.startsWith('service:')) return otherServiceFlags
  return id === 'container:run' || id === 'container:create' ? otherCreateFlags : files
}

export function globalFlagSource(flag: string): Source {
  return find(GLOBAL_FLAGS, flag) ?? files
}

function find<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined
}
