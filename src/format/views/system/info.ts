import { goQuote } from '../../../domain/go/quote.ts'
import type { SwarmCluster, SwarmInfo, SystemInfo } from '../../../domain/system/info.ts'
import type { Plugin } from '../../../domain/system/plugin.ts'
import { bytesSize, humanDuration } from '../../text/units.ts'

/** The information about the client in `info`. */
export interface InfoClient {
  readonly version: string
  readonly context: string
  readonly isDebugging: boolean
  readonly plugins: readonly Plugin[]
}

/** Formats the client's part of `info`. */
export function formatClientInfo({ version, context, isDebugging, plugins }: InfoClient): string {
  const usable = plugins.filter(({ Err }) => Err === undefined).flatMap(clientPlugin)
  return [
    'Client:',
    ` Version:    ${version}`,
    ` Context:    ${context}`,
    ` Debug Mode: ${isDebugging}`,
    ...(usable.length === 0 ? [] : [' Plugins:', ...usable]),
    '',
  ].join('\n')
}

function clientPlugin({ Name, ShortDescription = '', Vendor, Version, Path }: Plugin): string[] {
  return [
    `  ${Name}: ${ShortDescription} (${Vendor})`,
    ...(Version === undefined ? [] : [`    Version:  ${Version}`]),
    `    Path:     ${Path}`,
  ]
}

/**
 * Formats the daemon's part of `info` (docker/cli system.prettyPrintServerInfo).
 * @param isDebugging whether the client runs with --debug. The output then contains the daemon's debug information.
 * @param username the user who is logged in to Docker Hub; empty if nobody is
 */
export function formatDaemonInfo(info: SystemInfo, isDebugging: boolean, username: string): string {
  const lines = [
    ...counts(info),
    ...plugins(info),
    ...swarmLines(info.Swarm ?? {}),
    ...runtimes(info),
    ...(info.OSType === 'linux' ? linux(info) : []),
    ...(info.OSType === 'windows' ? [line('Default Isolation', info.Isolation)] : []),
    ...machine(info),
    ...(info.Debug || isDebugging ? debugging(info) : []),
    ...registries(info, username),
    '',
  ]
  return `${lines.join('\n')}\n`
}

function counts(info: SystemInfo): Lines {
  return [
    line('Containers', info.Containers ?? 0),
    ` ${line('Running', info.ContainersRunning ?? 0)}`,
    ` ${line('Paused', info.ContainersPaused ?? 0)}`,
    ` ${line('Stopped', info.ContainersStopped ?? 0)}`,
    line('Images', info.Images ?? 0),
    ...optionalLine('Server Version', info.ServerVersion),
    ...optionalLine('Storage Driver', info.Driver),
    ...pairs(info.DriverStatus),
    ...(info.SystemStatus ?? []).map(([name, value]) => ` ${name}: ${value}`),
    ...optionalLine('Logging Driver', info.LoggingDriver),
    ...optionalLine('Cgroup Driver', info.CgroupDriver),
    ...optionalLine('Cgroup Version', info.CgroupVersion),
  ]
}

function plugins({ Plugins, CDISpecDirs, DiscoveredDevices }: SystemInfo): Lines {
  const { Volume, Network, Authorization, Log } = Plugins ?? {}
  const all = (kind: string, names: readonly string[] | null | undefined) => `  ${kind}: ${(names ?? []).join(' ')}`
  return [
    ' Plugins:',
    all('Volume', Volume),
    all('Network', Network),
    ...((Authorization ?? []).length > 0 ? [all('Authorization', Authorization)] : []),
    all('Log', Log),
    ...section('CDI spec directories', CDISpecDirs),
    ...section(
      'Discovered Devices',
      (DiscoveredDevices ?? []).map(({ Source = '', ID = '' }) => `${Source}: ${ID}`),
    ),
  ]
}

/** Sorts the runtimes, whose order in docker is random. */
function runtimes({ Runtimes, DefaultRuntime }: SystemInfo): Lines {
  const names = Object.keys(Runtimes ?? {}).sort()
  return names.length === 0 ? [] : [line('Runtimes', names.join(' ')), line('Default Runtime', DefaultRuntime)]
}

function linux(info: SystemInfo): Lines {
  return [
    line('Init Binary', info.InitBinary),
    line('containerd version', info.ContainerdCommit?.ID),
    line('runc version', info.RuncCommit?.ID),
    line('init version', info.InitCommit?.ID),
    ...securityOptions(info.SecurityOptions ?? []),
  ]
}

/** Returns docker's error for invalid security options of a daemon, which are then not printed; empty if they are valid. */
export function securityOptionsError(options: readonly string[]): string {
  const pairs = options.filter((option) => option.includes('=')).flatMap((option) => option.split(','))
  if (pairs.some((pair) => !pair.includes('=')))
    return `invalid security option ${goQuote(pairs.find((pair) => !pair.includes('=')) ?? '')}`
  return pairs.some((pair) => /^=|=$/.test(pair)) ? 'invalid empty security option' : ''
}

/** Formats options of the form `name=seccomp,profile=builtin` or `name`. */
function securityOptions(options: readonly string[]): Lines {
  if (options.length === 0 || securityOptionsError(options) !== '') return []
  return [
    ' Security Options:',
    ...options.flatMap((option) => {
      if (!option.includes('=')) return [`  ${option}`]
      const pairs = option.split(',').map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)])
      const name = pairs.find(([key]) => key === 'name')?.[1] ?? ''
      const profiles = pairs.filter(([key]) => key === 'profile').map(([, value]) => `   Profile: ${value}`)
      return [`  ${name}`, ...profiles]
    }),
  ]
}

function machine(info: SystemInfo): Lines {
  return [
    ...optionalLine('Kernel Version', info.KernelVersion),
    ...optionalLine('Operating System', info.OperatingSystem),
    ...optionalLine('OSType', info.OSType),
    ...optionalLine('Architecture', info.Architecture),
    line('CPUs', info.NCPU ?? 0),
    line('Total Memory', bytesSize(info.MemTotal ?? 0)),
    ...optionalLine('Name', info.Name),
    ...optionalLine('ID', info.ID),
    line('Docker Root Dir', info.DockerRootDir),
    line('Debug Mode', info.Debug ?? false),
  ]
}

function debugging(info: SystemInfo): Lines {
  return [
    ` ${line('File Descriptors', info.NFd ?? 0)}`,
    ` ${line('Goroutines', info.NGoroutines ?? 0)}`,
    ` ${line('System Time', info.SystemTime)}`,
    ` ${line('EventsListeners', info.NEventsListener ?? 0)}`,
  ]
}

function registries(info: SystemInfo, username: string): Lines {
  const { InsecureRegistryCIDRs, IndexConfigs, Mirrors } = info.RegistryConfig ?? {}
  const networks = InsecureRegistryCIDRs ?? []
  const indexes = Object.values(IndexConfigs ?? {})
  const insecure = [...indexes.filter(({ Secure }) => !Secure).map(({ Name = '' }) => Name), ...networks]
  return [
    ...optionalLine('HTTP Proxy', info.HttpProxy),
    ...optionalLine('HTTPS Proxy', info.HttpsProxy),
    ...optionalLine('No Proxy', info.NoProxy),
    ...optionalLine('Username', username),
    ...section('Labels', info.Labels),
    line('Experimental', info.ExperimentalBuild ?? false),
    ...(networks.length > 0 || indexes.length > 0 ? [' Insecure Registries:', ...indent('  ', insecure)] : []),
    ...section('Registry Mirrors', Mirrors),
    line('Live Restore Enabled', info.LiveRestoreEnabled ?? false),
    ...optionalLine('Product License', info.ProductLicense),
    ...section(
      'Default Address Pools',
      (info.DefaultAddressPools ?? []).map(({ Base = '', Size = 0 }) => ` Base: ${Base}, Size: ${Size}`),
    ),
    ...engineDetails(info),
  ]
}

/** Formats what docker prints since 28.4 (Firewall Backend) and 29.2 (NRI) of engines that send it. */
function engineDetails({ FirewallBackend, NRI }: SystemInfo): Lines {
  return [
    ...(FirewallBackend ? [line('Firewall Backend', FirewallBackend.Driver), ...pairs(FirewallBackend.Info)] : []),
    ...(NRI ? [' NRI:', ...pairs(NRI.Info)] : []),
  ]
}

/** Formats the swarm's part of `info` (docker/cli system.printSwarmInfo). */
function swarmLines(swarm: SwarmInfo): Lines {
  const { LocalNodeState: state = '', Error: problem = '', ControlAvailable: isManager = false, Cluster } = swarm
  const header = line('Swarm', state)
  if (state === 'inactive' || state === 'locked') return [header]
  const hasCluster = Cluster && isManager && problem === '' && state !== 'error'
  return [
    header,
    ...indented([
      line('NodeID', swarm.NodeID),
      ...(problem === '' ? [] : [line('Error', problem)]),
      line('Is Manager', isManager),
    ]),
    ...(hasCluster ? cluster(swarm, Cluster) : []),
    ...indented([line('Node Address', swarm.NodeAddr)]),
    ...managers(swarm),
  ]
}

function managers({ RemoteManagers }: SwarmInfo): Lines {
  const addresses = (RemoteManagers ?? []).map(({ Addr = '' }) => Addr).sort()
  return addresses.length === 0 ? [] : ['  Manager Addresses:', ...indent('   ', addresses)]
}

function cluster({ Managers = 0, Nodes = 0 }: SwarmInfo, cluster: SwarmCluster): Lines {
  const { Orchestration, Raft, Dispatcher, EncryptionConfig } = cluster.Spec ?? {}
  const pool = cluster.DefaultAddrPool
  const pools = [
    line('Default Address Pool', (pool ?? []).map((address) => `${address}  `).join('')),
    line('SubnetSize', cluster.SubnetSize ?? 0),
  ]
  const snapshots = Raft?.KeepOldSnapshots
  return indented([
    line('ClusterID', cluster.ID),
    line('Managers', Managers),
    line('Nodes', Nodes),
    ...(pool ? pools : []),
    ...((cluster.DataPathPort ?? 0) > 0 ? [line('Data Path Port', cluster.DataPathPort)] : []),
    ' Orchestration:',
    ` ${line('Task History Retention Limit', Orchestration?.TaskHistoryRetentionLimit ?? 0)}`,
    ' Raft:',
    ` ${line('Snapshot Interval', Raft?.SnapshotInterval ?? 0)}`,
    ...(snapshots === undefined || snapshots === null
      ? []
      : [` ${line('Number of Old Snapshots to Retain', snapshots)}`]),
    ` ${line('Heartbeat Tick', Raft?.HeartbeatTick ?? 0)}`,
    ` ${line('Election Tick', Raft?.ElectionTick ?? 0)}`,
    ' Dispatcher:',
    ` ${line('Heartbeat Period', duration(Dispatcher?.HeartbeatPeriod))}`,
    ...authority(cluster),
    line('Autolock Managers', EncryptionConfig?.AutoLockManagers ?? false),
    line('Root Rotation In Progress', cluster.RootRotationInProgress ?? false),
  ])
}

function authority({ Spec }: SwarmCluster): Lines {
  const { NodeCertExpiry, ForceRotate = 0, SigningCACert = '', ExternalCAs } = Spec?.CAConfig ?? {}
  const certificate = SigningCACert.trim()
  const external = (ExternalCAs ?? []).map(({ Protocol = '', URL = '' }) => `    ${Protocol}: ${URL}`)
  return [
    ' CA Configuration:',
    ` ${line('Expiry Duration', duration(NodeCertExpiry))}`,
    ` ${line('Force Rotate', ForceRotate)}`,
    ...(certificate === '' ? [] : [`  Signing CA Certificate: \n${certificate}\n`]),
    ...(external.length === 0 ? [] : ['  External CAs:', ...external]),
  ]
}

function duration(nanoseconds = 0): string {
  return humanDuration(nanoseconds / 1e9)
}

function indented(items: Lines): Lines {
  return indent(' ', items)
}

type Lines = readonly string[]

/** Formats ` Name: value`. Without a value, the line ends after the colon and a space. */
function line(name: string, value: string | number | boolean | undefined): string {
  return ` ${name}: ${value ?? ''}`
}

/** Formats ` Name: value`, or no line without a value. */
function optionalLine(name: string, value: string | undefined): Lines {
  return value === undefined || value === '' ? [] : [line(name, value)]
}

/** Formats ` Name:` and a line for each item, or nothing without items. */
function section(name: string, items: Lines | null | undefined): Lines {
  return (items ?? []).length === 0 ? [] : [` ${name}:`, ...indent('  ', items ?? [])]
}

function pairs(items: readonly (readonly [string, string])[] | null | undefined): Lines {
  return (items ?? []).map(([name, value]) => `  ${name}: ${value}`)
}

function indent(prefix: string, items: Lines): Lines {
  return items.map((item) => prefix + item)
}
