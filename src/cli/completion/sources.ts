import { MANIFEST_ARCHITECTURES, MANIFEST_SYSTEMS } from '../../domain/image/manifest.ts'
import type { ArgumentCompletion, CompletionKind, CompletionSource } from '../../flags/completion-source.ts'
import { type Completion, DIRECTIVES, type Query, type Source, words } from './completion.ts'
import {
  containerFilters,
  eventFilters,
  imageFilters,
  networkFilters,
  pluginFilters,
  serviceFilters,
  volumeFilters,
} from './filters.ts'
import {
  configNames,
  containerNames,
  contextNames,
  daemonInfo,
  imageNames,
  isConnected,
  isNotPaused,
  isPaused,
  isStopped,
  networkNames,
  nodeNames,
  pluginNames,
  secretNames,
  serviceNames,
  stackNames,
  volumeNames,
} from './object-names.ts'
import {
  allLogOptions,
  CAPABILITIES,
  LOG_DRIVERS,
  logOptions,
  OBJECT_TYPES,
  PLATFORMS,
  RESTART_POLICIES,
  SECURITY_LABELS,
  SECURITY_OPTIONS,
  SIGNALS,
  ULIMITS,
} from './values.ts'

const { Default, FilterDirs, NoFileComp, NoSpace } = DIRECTIVES

/** How the words of each kind are found. A command or a flag names its kind (src/flags/completion-source.ts). */
const SOURCES: Readonly<Record<CompletionKind, Source>> = {
  capabilities: fixed(CAPABILITIES),
  configs: dynamic(configNames),
  'container filters': containerFilters,
  containers: dynamic((query) => containerNames(query, true)),
  'containers on the network': dynamic((query) => containerNames(query, true, isConnected)),
  'containers to link': dynamic(async (query) => suffixed(await containerNames(query, true), ':'), NoSpace),
  contexts: dynamic(contextNames),
  'detach keys': fixed(['ctrl-'], NoSpace),
  directories: fixed([], FilterDirs),
  'disabled plugins': dynamic((query) => pluginNames(query, false)),
  'enabled plugins': dynamic((query) => pluginNames(query, true)),
  'environment variables': dynamic(({ cli }) => Object.keys(cli.env)),
  'event filters': eventFilters,
  files: fixed([], Default),
  'image filters': imageFilters,
  images: dynamic(imageNames),
  'IPC modes': namespaceModes(['host', 'none', 'private', 'shareable']),
  'log drivers': dynamic(async ({ cli }) => (await daemonInfo(cli))?.Plugins?.Log ?? LOG_DRIVERS),
  'log options': logDriverOptions,
  'manifest architectures': fixed(MANIFEST_ARCHITECTURES),
  'manifest operating systems': fixed(MANIFEST_SYSTEMS),
  'network filters': networkFilters,
  networks: dynamic(networkNames),
  nodes: dynamic(nodeNames),
  nothing: fixed([]),
  'object types': fixed(OBJECT_TYPES),
  'paused containers': dynamic((query) => containerNames(query, false, isPaused)),
  'PID modes': namespaceModes(['host']),
  platforms: fixed(PLATFORMS),
  'plugin filters': pluginFilters,
  plugins: dynamic((query) => pluginNames(query)),
  'removable containers': dynamic((query) =>
    containerNames(query, true, (container) => query.flags.force === true || isStopped(container)),
  ),
  'restart policies': fixed(RESTART_POLICIES),
  'running containers': dynamic((query) => containerNames(query, false)),
  secrets: dynamic(secretNames),
  'security options': securityOptions,
  'service filters': serviceFilters,
  services: dynamic(serviceNames),
  stacks: dynamic(stackNames),
  'services to scale': dynamic(async (query) => suffixed(await serviceNames(query), '='), NoSpace | NoFileComp),
  signals: fixed(SIGNALS),
  'stopped containers': dynamic((query) => containerNames(query, true, isStopped)),
  'storage options': fixed(['size='], NoSpace),
  ulimits: fixed(ULIMITS, NoSpace),
  'unpaused containers': dynamic((query) => containerNames(query, false, isNotPaused)),
  'volume drivers': dynamic(async ({ cli }) => (await daemonInfo(cli))?.Plugins?.Volume ?? ['local']),
  'volume filters': volumeFilters,
  volumes: dynamic(volumeNames),
}

/** The words that a flag's `completes` declares. */
export function valueSource(completes: CompletionSource): Source {
  return typeof completes === 'string' ? SOURCES[completes] : fixed(completes)
}

/** The words that a command's `completes` declares for its arguments. */
export function argumentSource(completes: ArgumentCompletion): Source {
  if (typeof completes === 'string') return SOURCES[completes]
  return (query) => {
    const position = Math.min(query.args.length, completes.length - 1)
    return valueSource(completes[position] ?? 'nothing')(query)
  }
}

/** Words that are always the same. */
function fixed(values: readonly string[], directive?: number): Source {
  return () => words(values, directive)
}

/** Words that are looked up. */
function dynamic(list: (query: Query) => readonly string[] | Promise<readonly string[]>, directive?: number): Source {
  return async (query) => words(await list(query), directive)
}

function suffixed(names: readonly string[], suffix: string): string[] {
  return names.map((name) => name + suffix)
}

/** `container:NAME`, or one of the modes. */
function namespaceModes(modes: readonly string[]): Source {
  const prefix = 'container:'
  return async (query) => {
    if (query.typed.startsWith(prefix)) {
      return words((await containerNames(query, true)).map((name) => prefix + name))
    }
    if (query.typed !== '' && prefix.startsWith(query.typed)) return words([prefix], NoSpace)
    return words([prefix, ...modes])
  }
}

function logDriverOptions({ flags }: Query): Completion {
  const options = typeof flags['log-driver'] === 'string' ? logOptions(flags['log-driver']) : undefined
  return options ? words(options, NoSpace | NoFileComp) : words(allLogOptions(), NoSpace)
}

function securityOptions({ typed }: Query): Completion {
  if (typed.startsWith('label=')) return words(SECURITY_LABELS, NoSpace | NoFileComp)
  if (typed.startsWith('seccomp=')) return words(['seccomp=unconfined'])
  // Two options begin with `s`, so that letter alone selects none of them.
  const isUnique = typed.length > 1 || typed === 'a' || typed === 'l'
  const option = ['apparmor=', 'label=', 'seccomp='].find((name) => isUnique && name.startsWith(typed))
  return option ? words([option], NoSpace) : words(SECURITY_OPTIONS)
}
