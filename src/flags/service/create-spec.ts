import type { Healthcheck } from '../../domain/container/create-request.ts'
import { parseEnvFile, resolveVariable } from '../../domain/container/env.ts'
import type { Mount, ParsedMount } from '../../domain/container/mount.ts'
import type { Ulimit } from '../../domain/container/ulimit.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { absolutePath } from '../../domain/go/path.ts'
import { keyValueMap, splitKeyValue } from '../../domain/key-value.ts'
import { parseGenericResources } from '../../domain/service/resource.ts'
import type {
  ContainerSpec,
  ResourceRequirements,
  ServiceMode,
  ServiceSpec,
  TaskSpec,
} from '../../domain/service/service.ts'
import type { ClientEnvironment } from '../container/environment.ts'
import { readLines } from '../container/process-config.ts'
import { effectiveCapabilities } from './capabilities.ts'
import type { ServiceCreateFlags } from './create-flags.ts'
import { restartPolicy, type TypedFlags, updateConfig } from './defaults.ts'

/** A `service create` command line, read by its flags. */
export interface ServiceCommandLine {
  readonly flags: ServiceCreateFlags
  readonly typedFlags: TypedFlags
  readonly image: string
  /** What follows the image. */
  readonly command: readonly string[]
}

/**
 * Translates a command line to what the swarm is to run. Networks, secrets and configs are left to be looked up.
 * @throws Error with docker's reason
 */
export function createSpec(line: ServiceCommandLine, clientEnvironment: ClientEnvironment): ServiceSpec {
  const { flags, typedFlags } = line
  const env = variables(flags, clientEnvironment)
  const health = healthcheck(flags, typedFlags)
  const mode = serviceMode(flags, typedFlags)
  const update = updateConfig('update', flags, typedFlags, undefined)
  const rollback = updateConfig('rollback', flags, typedFlags, undefined)
  if ((mode.ReplicatedJob || mode.GlobalJob) && (update || rollback)) {
    throw new Error('update and rollback configuration is not supported for jobs')
  }
  const container = {
    ...containerSpec(line, clientEnvironment),
    ...omitEmpty({ Env: env }),
    ...(health ? { Healthcheck: health } : {}),
  }
  const ports = [...flags.publish]
  return {
    ...omitEmpty({ Name: flags.name }),
    Labels: keyValueMap(flags.label),
    TaskTemplate: taskSpec(line, container),
    Mode: mode,
    ...(update ? { UpdateConfig: update } : {}),
    ...(rollback ? { RollbackConfig: rollback } : {}),
    EndpointSpec: omitEmpty({ Mode: flags['endpoint-mode'].toLowerCase(), Ports: ports }),
  }
}

function taskSpec({ flags, typedFlags }: ServiceCommandLine, container: ContainerSpec): TaskSpec {
  const restart = restartPolicy(flags, typedFlags, undefined)
  return {
    ContainerSpec: container,
    Resources: resources(flags),
    ...(restart ? { RestartPolicy: restart } : {}),
    Placement: omitEmpty({
      Constraints: [...flags.constraint],
      Preferences: [...flags['placement-pref']],
      MaxReplicas: flags['replicas-max-per-node'],
    }),
    ...(flags['log-driver'] === '' ? {} : { LogDriver: logDriver(flags) }),
    ForceUpdate: 0,
  }
}

/** How the output is kept: options belong to a driver that is named. */
export function logDriver(flags: { readonly 'log-driver': string; readonly 'log-opt': readonly string[] }) {
  return { Name: flags['log-driver'], ...omitEmpty({ Options: mapOrNone(keyValueMap(flags['log-opt'])) }) }
}

function containerSpec(line: ServiceCommandLine, { cwd }: ClientEnvironment): ContainerSpec {
  const { flags, typedFlags } = line
  const { add, drop } = effectiveCapabilities(flags['cap-add'], flags['cap-drop'])
  const credentials = flags['credential-spec']
  return {
    ...omitEmpty({
      Image: line.image,
      Labels: mapOrNone(keyValueMap(flags['container-label'])),
      Command: [...flags.entrypoint],
      Args: [...line.command],
      Hostname: flags.hostname,
      Dir: flags.workdir,
      User: flags.user,
      Groups: [...flags.group],
      StopSignal: flags['stop-signal'],
      TTY: flags.tty,
      ReadOnly: flags['read-only'],
      Mounts: localMounts(flags.mount, cwd),
      Hosts: swarmHosts(flags.host),
      Isolation: flags.isolation,
      Sysctls: mapOrNone(keyValueMap(flags.sysctl)),
      CapabilityAdd: add,
      CapabilityDrop: drop,
      Ulimits: lastUlimits(flags.ulimit),
      OomScoreAdj: flags['oom-score-adj'],
    }),
    ...(credentials ? { Privileges: { ...NO_PRIVILEGES, CredentialSpec: credentials } } : {}),
    Init: flags.init,
    ...(typedFlags.has('stop-grace-period') ? { StopGracePeriod: flags['stop-grace-period'] } : {}),
    DNSConfig: omitEmpty({
      Nameservers: [...flags.dns],
      Search: [...flags['dns-search']],
      Options: [...flags['dns-option']],
    }),
  }
}

/** What docker sends beside a credential spec. */
export const NO_PRIVILEGES = { SELinuxContext: null, NoNewPrivileges: false } as const

function resources(flags: ServiceCreateFlags): ResourceRequirements {
  return {
    Limits: omitEmpty({
      NanoCPUs: flags['limit-cpu'],
      MemoryBytes: flags['limit-memory'],
      Pids: flags['limit-pids'],
    }),
    Reservations: omitEmpty({
      NanoCPUs: flags['reserve-cpu'],
      MemoryBytes: flags['reserve-memory'],
      GenericResources: parseGenericResources(flags['generic-resource']),
    }),
  }
}

/** Files first, then `-e`; a variable that is set again moves to the end. @throws Error with docker's reason */
function variables(flags: ServiceCreateFlags, clientEnvironment: ClientEnvironment): string[] {
  const { environment } = clientEnvironment
  const fromFiles = flags['env-file'].flatMap((path) =>
    parseEnvFile(readLines(path, clientEnvironment), path, environment),
  )
  const typed = flags.env.map((variable) => resolveVariable(variable, environment))
  let kept: string[] = []
  for (const variable of [...fromFiles, ...typed]) {
    const { key } = splitKeyValue(variable)
    kept = [...kept.filter((other) => other === variable || !other.startsWith(`${key}=`)), variable]
  }
  return kept
}

/** @throws Error with docker's reason */
function healthcheck(flags: ServiceCreateFlags, typedFlags: TypedFlags): Healthcheck | undefined {
  const command = flags['health-cmd']
  const isTimed = ['interval', 'timeout', 'start-period', 'start-interval'].some((name) =>
    typedFlags.has(`health-${name}`),
  )
  const isSet = command !== '' || isTimed || flags['health-retries'] !== 0
  if (flags['no-healthcheck']) {
    if (isSet) throw new Error('--no-healthcheck conflicts with --health-* options')
    return { Test: ['NONE'] }
  }
  if (!isSet) return undefined
  return omitEmpty({
    Test: command === '' ? [] : ['CMD-SHELL', command],
    Interval: flags['health-interval'],
    Timeout: flags['health-timeout'],
    StartPeriod: flags['health-start-period'],
    StartInterval: flags['health-start-interval'],
    Retries: flags['health-retries'],
  })
}

/** @throws Error with docker's reason */
function serviceMode(flags: ServiceCreateFlags, typedFlags: TypedFlags): ServiceMode {
  const replicas = typedFlags.has('replicas') ? { Replicas: flags.replicas } : {}
  switch (flags.mode) {
    case 'global':
      refuse('replicas can only be used with replicated or replicated-job mode', typedFlags.has('replicas'))
      refuseMaxPerNode(flags)
      refuseConcurrency(typedFlags)
      return { Global: {} }
    case 'replicated':
      refuseConcurrency(typedFlags)
      return { Replicated: replicas }
    case 'replicated-job':
      return { ReplicatedJob: jobSize(flags, typedFlags) }
    case 'global-job':
      refuseMaxPerNode(flags)
      refuseConcurrency(typedFlags)
      refuse('replicas can only be used with replicated or replicated-job mode', typedFlags.has('replicas'))
      return { GlobalJob: {} }
    default:
      throw new Error(`Unknown mode: ${flags.mode}, only replicated and global supported`)
  }
}

function jobSize(flags: ServiceCreateFlags, typedFlags: TypedFlags): NonNullable<ServiceMode['ReplicatedJob']> {
  const total = typedFlags.has('replicas') ? flags.replicas : undefined
  const concurrent = typedFlags.has('max-concurrent') ? flags['max-concurrent'] : total
  return {
    ...(concurrent === undefined ? {} : { MaxConcurrent: concurrent }),
    ...(total === undefined ? {} : { TotalCompletions: total }),
  }
}

function refuseMaxPerNode(flags: ServiceCreateFlags): void {
  refuse(
    'replicas-max-per-node can only be used with replicated or replicated-job mode',
    flags['replicas-max-per-node'] > 0,
  )
}

function refuseConcurrency(typedFlags: TypedFlags): void {
  refuse('max-concurrent can only be used with replicated-job mode', typedFlags.has('max-concurrent'))
}

function refuse(reason: string, isRefused: boolean): void {
  if (isRefused) throw new Error(reason)
}

/** `--mount`s, with sources that begin with a dot made absolute. */
export function localMounts(mounts: readonly ParsedMount[], cwd: string): Mount[] {
  return mounts.map(({ mount }) =>
    mount.Source?.startsWith('.') ? { ...mount, Source: absolutePath(mount.Source, cwd) } : mount,
  )
}

/** `name:ip` as a line of a hosts file, `ip name`. */
export function swarmHosts(hosts: readonly string[]): string[] {
  return hosts.map((host) => {
    const colon = host.indexOf(':')
    return `${host.slice(colon + 1)} ${host.slice(0, colon)}`
  })
}

/** The last of each name, sorted by name. */
export function lastUlimits(ulimits: readonly Ulimit[]): Ulimit[] {
  const byName = new Map(ulimits.map((ulimit) => [ulimit.Name, ulimit]))
  return [...byName.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1))
}

/** Go leaves an empty map out where its field says so. */
function mapOrNone(map: Record<string, string>): Record<string, string> | null {
  return Object.keys(map).length > 0 ? map : null
}
