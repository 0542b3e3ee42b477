// The flags of `service create`, and their translation to the spec of a service.

import type { Healthcheck } from '../../domain/container/create-request.ts'
import { checkVariable, resolveVariable } from '../../domain/container/env.ts'
import { parseMount } from '../../domain/container/mount.ts'
import { lastUlimits } from '../../domain/container/ulimit.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import { keyValueMap, splitKeyValue } from '../../domain/key-value.ts'
import { checkLabel } from '../../domain/label.ts'
import { parseNetworkAttachment } from '../../domain/network/attachment.ts'
import { parseDnsSearch, parseDnsServer, parseExtraHost, toHostsLines } from '../../domain/network/name-service.ts'
import { effectiveCapabilities } from '../../domain/service/capabilities.ts'
import { parseServiceFile } from '../../domain/service/file.ts'
import { SERVICE_MODES } from '../../domain/service/modes.ts'
import { parsePlacementPreference } from '../../domain/service/placement.ts'
import { parseServicePorts } from '../../domain/service/port.ts'
import { checkGenericResource, parseGenericResources } from '../../domain/service/resource.ts'
import type { ContainerSpec, ResourceRequirements, ServiceSpec, TaskSpec } from '../../domain/service/service.ts'
import { NO_PRIVILEGES } from '../../domain/service/service.ts'
import type { ClientEnvironment } from '../container/environment.ts'
import { dotenvFiles, readVariableFiles } from '../container/process.ts'
import { resolveMounts } from '../container/storage.ts'
import { each, list, type TypedFlags, text, texts, type ValuesOf } from '../flag.ts'
import { ulimits } from '../quantities.ts'
import {
  commonFlags,
  mapOrNull,
  translateLogDriver,
  translateRestartPolicy,
  translateUpdateConfig,
  typedSwap,
} from './common.ts'
import { serviceMode } from './mode.ts'

/** The flags of `service create`. */
export const serviceCreateFlags = {
  ...commonFlags,
  config: each({
    summary: 'Provide a config as a file, NAME or source=…,target=…',
    valueType: 'config',
    minApi: '1.30',
    read: (typed) => parseServiceFile(typed, 'config'),
  }),
  constraint: texts({ summary: 'Placement constraint, such as node.role==worker' }),
  'container-label': each({ summary: 'Add a label to the containers, KEY=VALUE', read: checkLabel }),
  dns: each({ summary: 'DNS server to use', minApi: '1.25', read: parseDnsServer }),
  'dns-option': texts({ summary: 'DNS resolver option', minApi: '1.25' }),
  'dns-search': each({ summary: 'DNS search domain', minApi: '1.25', read: parseDnsSearch }),
  'endpoint-mode': text({ summary: 'Endpoint mode: vip or dnsrr', default: 'vip' }),
  env: each({
    completes: 'environment variables',
    char: 'e',
    summary: 'Set an environment variable, KEY=VALUE, or pass one through, KEY',
    read: checkVariable,
  }),
  dotenv: dotenvFiles(),
  'env-file': texts({ completes: 'files', summary: 'Read environment variables from a file, one per line' }),
  'generic-resource': each({
    summary: 'Reserve a generic resource of the nodes, NAME=NUMBER',
    read: checkGenericResource,
  }),
  group: texts({ summary: 'Add the processes to a group', minApi: '1.25' }),
  host: each({ summary: 'Add an entry to /etc/hosts, NAME:IP', minApi: '1.25', read: parseExtraHost }),
  label: each({ char: 'l', summary: 'Add a label to the service, KEY=VALUE', read: checkLabel }),
  mode: text({
    completes: SERVICE_MODES,
    summary: 'Service mode: replicated, global, replicated-job, global-job',
    default: 'replicated',
  }),
  mount: each({
    summary: 'Mount a directory, volume or tmpfs: type=…,source=…,target=…',
    valueType: 'mount',
    read: parseMount,
  }),
  name: text({ summary: 'Name of the service' }),
  network: each({
    completes: 'networks',
    summary: 'Network to join',
    valueType: 'network',
    read: parseNetworkAttachment,
  }),
  'placement-pref': each({
    summary: 'Spread the tasks over the values of a node label, spread=LABEL',
    valueType: 'pref',
    minApi: '1.28',
    read: parsePlacementPreference,
  }),
  publish: list({
    char: 'p',
    summary: 'Publish a port on the nodes, [PUBLISHED:]PORT[/PROTOCOL]',
    valueType: 'port',
    read: parseServicePorts,
  }),
  secret: each({
    summary: 'Provide a secret to the containers, NAME or source=…,target=…',
    valueType: 'secret',
    minApi: '1.25',
    read: (typed) => parseServiceFile(typed, 'secret'),
  }),
  sysctl: texts({ summary: 'Set a kernel parameter, NAME=VALUE', minApi: '1.40' }),
  ulimit: ulimits({ summary: 'Limit the resources of processes, NAME=SOFT[:HARD]', minApi: '1.41' }),
}

export type ServiceCreateFlags = ValuesOf<typeof serviceCreateFlags>

/** A parsed `service create` command line. */
export interface ServiceCommandLine {
  readonly flags: ServiceCreateFlags
  readonly typedFlags: TypedFlags
  readonly image: string
  /** The operands after the image. */
  readonly command: readonly string[]
}

/**
 * Translates a command line to the spec of a service. Networks, secrets and configs are added later, because their ids have
 * to be looked up.
 * @throws Error with docker's reason
 */
export function createServiceSpec(line: ServiceCommandLine, clientEnvironment: ClientEnvironment): ServiceSpec {
  const { flags, typedFlags } = line
  const env = variables(flags, clientEnvironment)
  const health = healthcheck(flags, typedFlags)
  const mode = serviceMode(flags, typedFlags)
  const update = translateUpdateConfig('update', flags, typedFlags, undefined)
  const rollback = translateUpdateConfig('rollback', flags, typedFlags, undefined)
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

function taskSpec(line: ServiceCommandLine, container: ContainerSpec): TaskSpec {
  const { flags, typedFlags } = line
  const restart = translateRestartPolicy(flags, typedFlags, undefined)
  return {
    ContainerSpec: container,
    Resources: resources(line),
    ...(restart ? { RestartPolicy: restart } : {}),
    Placement: omitEmpty({
      Constraints: [...flags.constraint],
      Preferences: [...flags['placement-pref']],
      MaxReplicas: flags['replicas-max-per-node'],
    }),
    ...(flags['log-driver'] === '' ? {} : { LogDriver: translateLogDriver(flags) }),
    ForceUpdate: 0,
  }
}

function containerSpec(line: ServiceCommandLine, clientEnvironment: ClientEnvironment): ContainerSpec {
  const { flags, typedFlags } = line
  const { add, drop } = effectiveCapabilities(flags['cap-add'], flags['cap-drop'])
  const credentials = flags['credential-spec']
  return {
    ...omitEmpty({
      Image: line.image,
      Labels: mapOrNull(keyValueMap(flags['container-label'])),
      Command: [...flags.entrypoint],
      Args: [...line.command],
      Hostname: flags.hostname,
      Dir: flags.workdir,
      User: flags.user,
      Groups: [...flags.group],
      StopSignal: flags['stop-signal'],
      TTY: flags.tty,
      ReadOnly: flags['read-only'],
      Mounts: resolveMounts(flags.mount, clientEnvironment),
      Hosts: toHostsLines(flags.host),
      Isolation: flags.isolation,
      Sysctls: mapOrNull(keyValueMap(flags.sysctl)),
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

function resources({ flags, typedFlags }: ServiceCommandLine): ResourceRequirements {
  return {
    ...typedSwap(flags, typedFlags),
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

/**
 * Returns the environment variables: files first, then `-e`. A variable that is set again moves to the end.
 * @throws Error with docker's reason
 */
function variables(flags: ServiceCreateFlags, clientEnvironment: ClientEnvironment): string[] {
  const typed = flags.env.map((variable) => resolveVariable(variable, clientEnvironment.environment))
  let result: string[] = []
  for (const variable of [...readVariableFiles(flags, clientEnvironment), ...typed]) {
    const { key } = splitKeyValue(variable)
    result = [...result.filter((other) => other === variable || !other.startsWith(`${key}=`)), variable]
  }
  return result
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
