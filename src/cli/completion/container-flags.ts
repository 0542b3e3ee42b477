import { type Completion, DIRECTIVES, files, nothing, type Query, type Source, words } from './completion.ts'
import { allContainers, containerNames, daemonInfo, named, networkNames } from './names.ts'
import {
  allLogOptions,
  CAPABILITIES,
  LOG_DRIVERS,
  logOptions,
  PLATFORMS,
  RESTART_POLICIES,
  SECURITY_LABELS,
  SECURITY_OPTIONS,
  SIGNALS,
  ULIMITS,
} from './values.ts'

const { NoSpace, NoFileComp } = DIRECTIVES

/** One of a few words. */
export const choice =
  (values: readonly string[], directive?: number): Source =>
  () =>
    words(values, directive)

/** What the flags of `run` and `create` take; for the rest, not even files are offered. */
export const CREATE_FLAGS: Readonly<Record<string, Source>> = {
  attach: choice(['stderr', 'stdin', 'stdout']),
  'cap-add': choice(CAPABILITIES),
  'cap-drop': choice(CAPABILITIES),
  cgroupns: choice(['host', 'private']),
  'detach-keys': choice(['ctrl-'], NoSpace),
  env: named(variables),
  'env-file': files,
  ipc: orContainer(['host', 'none', 'private', 'shareable']),
  link: async (query) =>
    words(
      (await containerNames(query, true)).map((name) => `${name}:`),
      NoSpace,
    ),
  'log-driver': named(async ({ cli }) => (await daemonInfo(cli))?.Plugins?.Log ?? LOG_DRIVERS),
  'log-opt': logOption,
  network: named(networkNames),
  pid: orContainer(['host']),
  platform: choice(PLATFORMS),
  pull: choice(['always', 'missing', 'never']),
  restart: choice(RESTART_POLICIES),
  'security-opt': securityOption,
  'stop-signal': choice(SIGNALS),
  'storage-opt': choice(['size='], NoSpace),
  ulimit: choice(ULIMITS, NoSpace),
  userns: choice(['host']),
  uts: choice(['host']),
  'volume-driver': named(async ({ cli }) => (await daemonInfo(cli))?.Plugins?.Volume ?? ['local']),
  'volumes-from': allContainers(),
}

export const otherCreateFlags = nothing

/** The names of our own variables. */
export function variables({ cli }: Query): string[] {
  return Object.keys(cli.env)
}

/** `container:NAME`, or one of the words. */
function orContainer(values: readonly string[]): Source {
  const prefix = 'container:'
  return async (query) => {
    if (query.typed.startsWith(prefix)) {
      return words((await containerNames(query, true)).map((name) => prefix + name))
    }
    if (query.typed !== '' && prefix.startsWith(query.typed)) return words([prefix], NoSpace)
    return words([prefix, ...values])
  }
}

function logOption({ flags }: Query): Completion {
  const options = typeof flags['log-driver'] === 'string' ? logOptions(flags['log-driver']) : undefined
  return options ? words(options, NoSpace | NoFileComp) : words(allLogOptions(), NoSpace)
}

function securityOption({ typed }: Query): Completion {
  if (typed.startsWith('label=')) return words(SECURITY_LABELS, NoSpace | NoFileComp)
  if (typed.startsWith('seccomp=')) return words(['seccomp=unconfined'])
  // An `s` may become either of two.
  const begun = typed.length > 1 || typed === 'a' || typed === 'l'
  const option = ['apparmor=', 'label=', 'seccomp='].find((name) => begun && name.startsWith(typed))
  return option ? words([option], NoSpace) : words(SECURITY_OPTIONS)
}
