import { resolveVariable } from '../../domain/container/env.ts'
import { keyValueMap, splitKeyValue } from '../../domain/key-value.ts'
import { containerOf, type ServiceSpec, taskOf } from '../../domain/service/service.ts'
import type { ClientEnvironment } from '../container/environment.ts'
import { updatedCapabilities } from './capabilities.ts'
import { lastUlimits, localMounts, logDriver } from './create-spec.ts'
import { restartPolicy, type TypedFlags, updateConfig } from './defaults.ts'
import { editHealth } from './edit-health.ts'
import { editedHosts } from './edit-hosts.ts'
import { editedMap, editedSet, setList } from './edit-lists.ts'
import { editedMounts } from './edit-mounts.ts'
import { editedPorts } from './edit-ports.ts'
import { editResources } from './edit-resources.ts'
import type { ServiceUpdateFlags } from './update-flags.ts'

/** A `service update` command line, read by its flags. */
export interface UpdateCommandLine {
  readonly flags: ServiceUpdateFlags
  readonly typedFlags: TypedFlags
}

/**
 * Changes a service as the flags say. Networks, secrets, configs and the credential spec are left to be looked up.
 * @param current the daemon's; it stays as it is
 * @throws Error with docker's reason
 */
export function updatedSpec(
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
  editEnvironment(spec, line)
  editHealth(containerOf(spec), line)
  editProcess(spec, line)
  return spec
}

function editLabels(spec: ServiceSpec, { flags }: UpdateCommandLine): void {
  const container = containerOf(spec)
  spec.Labels = editedMap(spec.Labels, flags['label-rm'], keyValueMap(flags['label-add'])) ?? null
  const labels = editedMap(container.Labels, flags['container-label-rm'], keyValueMap(flags['container-label-add']))
  setMap(container, 'Labels', labels)
}

function editContainer(
  spec: ServiceSpec,
  { flags, typedFlags }: UpdateCommandLine,
  { cwd, environment }: ClientEnvironment,
): void {
  const container = containerOf(spec)
  setText(container, 'Image', flags.image, typedFlags.has('image'))
  if (typedFlags.has('args')) setList(container, 'Args', flags.args)
  if (typedFlags.has('entrypoint')) setList(container, 'Command', flags.entrypoint)
  setList(container, 'Env', editedEnv(container.Env ?? [], flags, environment))
  setText(container, 'Dir', flags.workdir, typedFlags.has('workdir'))
  setText(container, 'User', flags.user, typedFlags.has('user'))
  setText(container, 'Hostname', flags.hostname, typedFlags.has('hostname'))
  if (typedFlags.has('init')) container.Init = flags.init
  setText(container, 'Isolation', flags.isolation, typedFlags.has('isolation'))
  setList(
    container,
    'Mounts',
    editedMounts(container.Mounts ?? [], localMounts(flags['mount-add'], cwd), flags['mount-rm']),
  )
  const removedSettings = flags['sysctl-rm'].map((setting) => splitKeyValue(setting).key)
  setMap(container, 'Sysctls', editedMap(container.Sysctls, removedSettings, keyValueMap(flags['sysctl-add'])))
  const removedLimits = flags['ulimit-rm'].map((limit) => splitKeyValue(limit).key)
  const kept = (container.Ulimits ?? []).filter(({ Name }) => !removedLimits.includes(Name))
  setList(container, 'Ulimits', lastUlimits([...kept, ...flags['ulimit-add']]))
}

/** A variable that is set again keeps its place. */
function editedEnv(
  current: readonly string[],
  flags: ServiceUpdateFlags,
  environment: ClientEnvironment['environment'],
): readonly string[] {
  const name = (variable: string) => splitKeyValue(variable).key
  const kept = current.filter((variable) => !flags['env-rm'].includes(name(variable)))
  if (flags['env-add'].length === 0) return kept
  const added = flags['env-add'].map((variable) => resolveVariable(variable, environment))
  return [...new Map([...kept, ...added].map((variable) => [name(variable), variable])).values()]
}

function editTask(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const task = taskOf(spec)
  const container = containerOf(spec)
  if (typedFlags.has('oom-score-adj')) setNumber(container, 'OomScoreAdj', flags['oom-score-adj'])
  if (typedFlags.has('stop-grace-period')) container.StopGracePeriod = flags['stop-grace-period']
  const restart = restartPolicy(flags, typedFlags, task.RestartPolicy)
  if (restart) task.RestartPolicy = restart
  if (typedFlags.has('constraint-add') || typedFlags.has('constraint-rm')) {
    task.Placement ??= {}
    const change = { added: flags['constraint-add'], removed: flags['constraint-rm'], isUnique: false }
    setList(task.Placement, 'Constraints', editedSet(task.Placement.Constraints, change))
  }
  if (typedFlags.has('placement-pref-add') || typedFlags.has('placement-pref-rm')) {
    task.Placement ??= {}
    const removed = flags['placement-pref-rm'].map(({ Spread }) => Spread?.SpreadDescriptor)
    const kept = (task.Placement.Preferences ?? []).filter(
      ({ Spread }) => !Spread || !removed.includes(Spread.SpreadDescriptor),
    )
    setList(task.Placement, 'Preferences', [...kept, ...flags['placement-pref-add']])
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
  const update = updateConfig('update', flags, typedFlags, spec.UpdateConfig)
  if (update) spec.UpdateConfig = update
  const rollback = updateConfig('rollback', flags, typedFlags, spec.RollbackConfig)
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
    setList(container, 'Groups', editedSet(container.Groups, change))
  }
  if (typedFlags.has('publish-add') || typedFlags.has('publish-rm')) {
    spec.EndpointSpec ??= {}
    const ports = editedPorts(spec.EndpointSpec.Ports ?? [], flags['publish-add'], flags['publish-rm'])
    setList(spec.EndpointSpec, 'Ports', ports)
  }
}

const DNS_FLAGS = ['dns-add', 'dns-rm', 'dns-option-add', 'dns-option-rm', 'dns-search-add', 'dns-search-rm']

/** What the containers know of names, and where their output goes. */
function editEnvironment(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const container = containerOf(spec)
  if (DNS_FLAGS.some((name) => typedFlags.has(name))) {
    const dns = container.DNSConfig ?? {}
    const edited = (current: string[] | null | undefined, added: readonly string[], removed: readonly string[]) =>
      editedSet(current, { added, removed, isUnique: true })
    setList(dns, 'Nameservers', edited(dns.Nameservers, flags['dns-add'], flags['dns-rm']))
    setList(dns, 'Search', edited(dns.Search, flags['dns-search-add'], flags['dns-search-rm']))
    setList(dns, 'Options', edited(dns.Options, flags['dns-option-add'], flags['dns-option-rm']))
    container.DNSConfig = dns
  }
  if (typedFlags.has('host-add') || typedFlags.has('host-rm')) {
    setList(container, 'Hosts', editedHosts(container.Hosts ?? [], flags['host-add'], flags['host-rm']))
  }
  if (flags['log-driver'] !== '') taskOf(spec).LogDriver = logDriver(flags)
}

function editProcess(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): void {
  const task = taskOf(spec)
  const container = containerOf(spec)
  task.ForceUpdate = (task.ForceUpdate ?? 0) + (flags.force ? 1 : 0)
  if (typedFlags.has('tty')) setSwitch(container, 'TTY', flags.tty)
  if (typedFlags.has('read-only')) setSwitch(container, 'ReadOnly', flags['read-only'])
  setText(container, 'StopSignal', flags['stop-signal'], typedFlags.has('stop-signal'))
  if (!typedFlags.has('cap-add') && !typedFlags.has('cap-drop')) return
  const current = { add: container.CapabilityAdd ?? [], drop: container.CapabilityDrop ?? [] }
  const { add, drop } = updatedCapabilities(current, flags['cap-add'], flags['cap-drop'])
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

function setText<K extends string>(target: { [P in K]?: string }, key: K, text: string, isGiven: boolean): void {
  if (!isGiven) return
  if (text === '') delete target[key]
  else target[key] = text
}

function setNumber<K extends string>(target: { [P in K]?: number }, key: K, number: number): void {
  if (number === 0) delete target[key]
  else target[key] = number
}

function setSwitch<K extends string>(target: { [P in K]?: boolean }, key: K, isOn: boolean): void {
  if (isOn) target[key] = true
  else delete target[key]
}
