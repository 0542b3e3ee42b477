// The flags of `service update`, and the change that they make to the spec of a service.

import { resolveVariable } from '../../domain/container/env.ts'
import { lastUlimits } from '../../domain/container/ulimit.ts'
import { addUint64, type Int64 } from '../../domain/go/int.ts'
import { keyValueMap, splitKeyValue } from '../../domain/key-value.ts'
import { updateCapabilities } from '../../domain/service/capabilities.ts'
import { containerOf, type ServiceSpec, taskOf } from '../../domain/service/service.ts'
import type { ClientEnvironment } from '../container/environment.ts'
import { dotenvFiles, readDotenv } from '../container/process.ts'
import { resolveMounts } from '../container/storage.ts'
import { bool, type TypedFlags, text, texts, type ValuesOf } from '../flag.ts'
import { command, commonFlags, translateLogDriver, translateRestartPolicy, translateUpdateConfig } from './common.ts'
import { serviceCreateFlags } from './create.ts'
import { editHealth, editHosts, editMap, editMounts, editPorts, editResources, editSet, setList } from './edit.ts'

/** Flags that remove something from the service. */
const removals = {
  'config-rm': texts({ summary: 'Remove a config', minApi: '1.30' }),
  'constraint-rm': texts({ summary: 'Remove a placement constraint' }),
  'container-label-rm': texts({ summary: 'Remove a label from the containers' }),
  'dns-option-rm': texts({ summary: 'Remove a DNS resolver option', minApi: '1.25' }),
  'dns-rm': texts({ summary: 'Remove a DNS server', minApi: '1.25' }),
  'dns-search-rm': texts({ summary: 'Remove a DNS search domain', minApi: '1.25' }),
  'env-rm': texts({ summary: 'Remove an environment variable' }),
  'generic-resource-rm': texts({ summary: 'Remove a generic resource' }),
  'group-rm': texts({ summary: 'Remove the processes from a group', minApi: '1.25' }),
  'host-rm': texts({ summary: 'Remove an entry from /etc/hosts, NAME[:IP]', minApi: '1.25' }),
  'label-rm': texts({ summary: 'Remove a label from the service' }),
  'mount-rm': texts({ summary: 'Remove a mount, by its target path' }),
  'network-rm': texts({ summary: 'Remove a network', minApi: '1.29' }),
  'placement-pref-rm': {
    ...serviceCreateFlags['placement-pref'],
    summary: 'Remove a placement preference, spread=LABEL',
  },
  'publish-rm': withoutShorthand({
    ...serviceCreateFlags.publish,
    summary: 'Remove a published port, by its target port',
  }),
  'secret-rm': texts({ summary: 'Remove a secret', minApi: '1.25' }),
  'sysctl-rm': texts({ summary: 'Remove a kernel parameter', minApi: '1.40' }),
  'ulimit-rm': texts({ summary: 'Remove a resource limit', minApi: '1.41' }),
}

/** Flags that add something to the service, or replace it. */
const additions = {
  'config-add': serviceCreateFlags.config,
  'constraint-add': serviceCreateFlags.constraint,
  'container-label-add': serviceCreateFlags['container-label'],
  'dns-add': serviceCreateFlags.dns,
  'dns-option-add': serviceCreateFlags['dns-option'],
  'dns-search-add': serviceCreateFlags['dns-search'],
  'env-add': withoutShorthand(serviceCreateFlags.env),
  'generic-resource-add': serviceCreateFlags['generic-resource'],
  'group-add': serviceCreateFlags.group,
  'host-add': { ...serviceCreateFlags.host, minApi: '1.32' },
  'label-add': withoutShorthand(serviceCreateFlags.label),
  'mount-add': serviceCreateFlags.mount,
  'network-add': { ...serviceCreateFlags.network, minApi: '1.29' },
  'placement-pref-add': serviceCreateFlags['placement-pref'],
  'publish-add': withoutShorthand(serviceCreateFlags.publish),
  'secret-add': serviceCreateFlags.secret,
  'sysctl-add': serviceCreateFlags.sysctl,
  'ulimit-add': serviceCreateFlags.ulimit,
}

/** The flags of `service update`. A setting whose flag was not typed does not change. */
export const serviceUpdateFlags = {
  ...commonFlags,
  ...removals,
  ...additions,
  args: command({ summary: 'Command to run in the containers, with its arguments' }),
  dotenv: dotenvFiles(),
  'endpoint-mode': text({ summary: 'Endpoint mode: vip or dnsrr' }),
  force: bool({ summary: 'Force an update even if nothing changes', minApi: '1.25' }),
  image: text({ completes: 'images', summary: 'Image of the service' }),
  rollback: bool({ summary: "Roll back to the service's previous spec", minApi: '1.25' }),
}

type ServiceUpdateFlags = ValuesOf<typeof serviceUpdateFlags>

function withoutShorthand<T extends { char?: unknown }>({ char: _, ...flag }: T): Omit<T, 'char'> {
  return flag
}

/** A parsed `service update` command line. */
export interface UpdateCommandLine {
  readonly flags: ServiceUpdateFlags
  readonly typedFlags: TypedFlags
}

/**
 * Returns the spec of a service, changed as the flags say. Networks, secrets, configs and the credential spec are changed
 * later, because their ids have to be looked up.
 * @param current the daemon's spec; it is not modified
 * @throws Error with docker's reason
 */
export function updateServiceSpec(
  current: ServiceSpec,
  line: UpdateCommandLine,
  clientEnvironment: ClientEnvironment,
): ServiceSpec {
  const spec = structuredClone(current)
  editLabels(spec, line)
  editContainer(spec, line, clientEnvironment)
  editResources(taskOf(spec), line)
  editTask(spec, line)
  editMode(spec, line)
  editUpdates(spec, line)
  editEndpoint(spec, line)
  editDnsAndLog(spec, line)
  editHealth(containerOf(spec), line)
  editProcess(spec, line)
  return spec
}

function editLabels(spec: ServiceSpec, { flags }: UpdateCommandLine): void {
  const container = containerOf(spec)
  spec.Labels = editMap(spec.Labels, flags['label-rm'], keyValueMap(flags['label-add'])) ?? null
  const labels = editMap(container.Labels, flags['container-label-rm'], keyValueMap(flags['container-label-add']))
  setMap(container, 'Labels', labels)
}

function editContainer(
  spec: ServiceSpec,
  { flags, typedFlags }: UpdateCommandLine,
  clientEnvironment: ClientEnvironment,
): void {
  const container = containerOf(spec)
  setText(container, 'Image', flags.image, typedFlags.has('image'))
  if (typedFlags.has('args')) setList(container, 'Args', flags.args)
  if (typedFlags.has('entrypoint')) setList(container, 'Command', flags.entrypoint)
  setList(container, 'Env', editEnv(container.Env ?? [], flags, clientEnvironment))
  setText(container, 'Dir', flags.workdir, typedFlags.has('workdir'))
  setText(container, 'User', flags.user, typedFlags.has('user'))
  setText(container, 'Hostname', flags.hostname, typedFlags.has('hostname'))
  if (typedFlags.has('init')) container.Init = flags.init
  setText(container, 'Isolation', flags.isolation, typedFlags.has('isolation'))
  setList(
    container,
    'Mounts',
    editMounts(container.Mounts ?? [], resolveMounts(flags['mount-add'], clientEnvironment), flags['mount-rm']),
  )
  const removedSysctls = flags['sysctl-rm'].map((setting) => splitKeyValue(setting).key)
  setMap(container, 'Sysctls', editMap(container.Sysctls, removedSysctls, keyValueMap(flags['sysctl-add'])))
  const removedLimits = flags['ulimit-rm'].map((limit) => splitKeyValue(limit).key)
  const remaining = (container.Ulimits ?? []).filter(({ Name }) => !removedLimits.includes(Name))
  setList(container, 'Ulimits', lastUlimits([...remaining, ...flags['ulimit-add']]))
}

/**
 * Returns the variables without the removed ones and with the added ones: those of `--dotenv`, then those of `--env-add`. A
 * variable that is set again keeps its place.
 */
function editEnv(
  current: readonly string[],
  flags: ServiceUpdateFlags,
  { environment, readFile }: ClientEnvironment,
): readonly string[] {
  const name = (variable: string) => splitKeyValue(variable).key
  const remaining = current.filter((variable) => !flags['env-rm'].includes(name(variable)))
  const fromFiles = flags.dotenv.flatMap((path) => readDotenv(path, environment, readFile))
  const added = [...fromFiles, ...flags['env-add'].map((variable) => resolveVariable(variable, environment))]
  if (added.length === 0) return remaining
  return [...new Map([...remaining, ...added].map((variable) => [name(variable), variable])).values()]
}

function editTask(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const task = taskOf(spec)
  const container = containerOf(spec)
  if (typedFlags.has('oom-score-adj')) setNumber(container, 'OomScoreAdj', flags['oom-score-adj'])
  if (typedFlags.has('stop-grace-period')) container.StopGracePeriod = flags['stop-grace-period']
  const restart = translateRestartPolicy(flags, typedFlags, task.RestartPolicy)
  if (restart) task.RestartPolicy = restart
  if (typedFlags.has('constraint-add') || typedFlags.has('constraint-rm')) {
    task.Placement ??= {}
    const change = { added: flags['constraint-add'], removed: flags['constraint-rm'], isUnique: false }
    setList(task.Placement, 'Constraints', editSet(task.Placement.Constraints, change))
  }
  if (typedFlags.has('placement-pref-add') || typedFlags.has('placement-pref-rm')) {
    task.Placement ??= {}
    const removed = flags['placement-pref-rm'].map(({ Spread }) => Spread?.SpreadDescriptor)
    const remaining = (task.Placement.Preferences ?? []).filter(
      ({ Spread }) => !Spread || !removed.includes(Spread.SpreadDescriptor),
    )
    setList(task.Placement, 'Preferences', [...remaining, ...flags['placement-pref-add']])
  }
}

/** @throws Error with docker's reason */
function editMode(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  if (typedFlags.has('replicas')) {
    if (!spec.Mode?.Replicated) throw new Error('replicas can only be used with replicated mode')
    spec.Mode.Replicated.Replicas = flags.replicas
  }
  if (typedFlags.has('replicas-max-per-node')) {
    const task = taskOf(spec)
    task.Placement ??= {}
    setNumber(task.Placement, 'MaxReplicas', flags['replicas-max-per-node'])
  }
}

function editUpdates(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const update = translateUpdateConfig('update', flags, typedFlags, spec.UpdateConfig)
  if (update) spec.UpdateConfig = update
  const rollback = translateUpdateConfig('rollback', flags, typedFlags, spec.RollbackConfig)
  if (rollback) spec.RollbackConfig = rollback
}

function editEndpoint(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  if (typedFlags.has('endpoint-mode')) {
    spec.EndpointSpec ??= {}
    setText(spec.EndpointSpec, 'Mode', flags['endpoint-mode'], true)
  }
  if (typedFlags.has('group-add') || typedFlags.has('group-rm')) {
    const container = containerOf(spec)
    const change = { added: flags['group-add'], removed: flags['group-rm'], isUnique: false }
    setList(container, 'Groups', editSet(container.Groups, change))
  }
  if (typedFlags.has('publish-add') || typedFlags.has('publish-rm')) {
    spec.EndpointSpec ??= {}
    const ports = editPorts(spec.EndpointSpec.Ports ?? [], flags['publish-add'], flags['publish-rm'])
    setList(spec.EndpointSpec, 'Ports', ports)
  }
}

const DNS_FLAGS = ['dns-add', 'dns-rm', 'dns-option-add', 'dns-option-rm', 'dns-search-add', 'dns-search-rm']

/** Changes name resolution and the log driver. */
function editDnsAndLog(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const container = containerOf(spec)
  if (DNS_FLAGS.some((name) => typedFlags.has(name))) {
    const dns = container.DNSConfig ?? {}
    const edited = (current: string[] | null | undefined, added: readonly string[], removed: readonly string[]) =>
      editSet(current, { added, removed, isUnique: true })
    setList(dns, 'Nameservers', edited(dns.Nameservers, flags['dns-add'], flags['dns-rm']))
    setList(dns, 'Search', edited(dns.Search, flags['dns-search-add'], flags['dns-search-rm']))
    setList(dns, 'Options', edited(dns.Options, flags['dns-option-add'], flags['dns-option-rm']))
    container.DNSConfig = dns
  }
  if (typedFlags.has('host-add') || typedFlags.has('host-rm')) {
    setList(container, 'Hosts', editHosts(container.Hosts ?? [], flags['host-add'], flags['host-rm']))
  }
  if (flags['log-driver'] !== '') taskOf(spec).LogDriver = translateLogDriver(flags)
}

function editProcess(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const task = taskOf(spec)
  const container = containerOf(spec)
  task.ForceUpdate = addUint64(task.ForceUpdate ?? 0, flags.force ? 1n : 0n)
  if (typedFlags.has('tty')) setSwitch(container, 'TTY', flags.tty)
  if (typedFlags.has('read-only')) setSwitch(container, 'ReadOnly', flags['read-only'])
  setText(container, 'StopSignal', flags['stop-signal'], typedFlags.has('stop-signal'))
  if (!typedFlags.has('cap-add') && !typedFlags.has('cap-drop')) return
  const current = { add: container.CapabilityAdd ?? [], drop: container.CapabilityDrop ?? [] }
  const { add, drop } = updateCapabilities(current, flags['cap-add'], flags['cap-drop'])
  setList(container, 'CapabilityAdd', add)
  setList(container, 'CapabilityDrop', drop)
}

function setMap<K extends string>(
  target: { [P in K]?: Record<string, string> | null },
  key: K,
  map: Record<string, string> | null | undefined,
): void {
  if (map && Object.keys(map).length > 0) target[key] = map
  else delete target[key]
}

function setText<K extends string>(target: { [P in K]?: string }, key: K, text: string, isTyped: boolean): void {
  if (!isTyped) return
  if (text === '') delete target[key]
  else target[key] = text
}

function setNumber<K extends string>(target: { [P in K]?: Int64 }, key: K, number: Int64): void {
  if (number === 0) delete target[key]
  else target[key] = number
}

function setSwitch<K extends string>(target: { [P in K]?: boolean }, key: K, isOn: boolean): void {
  if (isOn) target[key] = true
  else delete target[key]
}
