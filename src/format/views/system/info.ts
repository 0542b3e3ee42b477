import { goQuote } from '../../../domain/go/quote.ts'
import type { SystemInfo } from '../../../domain/system/info.ts'
import type { Plugin } from '../../../domain/system/plugin.ts'
import { bytesSize } from '../../units.ts'
import { type Lines, line, lines, named, under } from './info-lines.ts'
import { swarmLines } from './info-swarm.ts'

/** What `info` says of the client. */
export interface InfoClient {
  readonly version: string
  readonly context: string
  readonly isDebugging: boolean
  readonly plugins: readonly Plugin[]
}

/** The client's part of `info`. */
export function clientInfo({ version, context, isDebugging, plugins }: InfoClient): string {
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
 * The daemon's part of `info` (docker/cli system.prettyPrintServerInfo).
 * @param isDebugging whether the client debugs: then what a daemon knows for debugging is shown too
 * @param username whose credentials Docker Hub is asked with; empty for nobody
 */
export function daemonInfo(info: SystemInfo, isDebugging: boolean, username: string): string {
  const shown = [
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
  return `${shown.join('\n')}\n`
}

function counts(info: SystemInfo): Lines {
  return [
    line('Containers', info.Containers ?? 0),
    ` ${line('Running', info.ContainersRunning ?? 0)}`,
    ` ${line('Paused', info.ContainersPaused ?? 0)}`,
    ` ${line('Stopped', info.ContainersStopped ?? 0)}`,
    line('Images', info.Images ?? 0),
    ...named('Server Version', info.ServerVersion),
    ...named('Storage Driver', info.Driver),
    ...(info.DriverStatus ?? []).map(([name, value]) => `  ${name}: ${value}`),
    ...(info.SystemStatus ?? []).map(([name, value]) => ` ${name}: ${value}`),
    ...named('Logging Driver', info.LoggingDriver),
    ...named('Cgroup Driver', info.CgroupDriver),
    ...named('Cgroup Version', info.CgroupVersion),
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
    ...under('CDI spec directories', CDISpecDirs),
    ...under(
      'Discovered Devices',
      (DiscoveredDevices ?? []).map(({ Source = '', ID = '' }) => `${Source}: ${ID}`),
    ),
  ]
}

/** docker's own order of runtimes is random. */
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

/** What is wrong with the security options that a daemon tells of; empty for nothing. They are not shown then. */
export function securityFault(options: readonly string[]): string {
  const pairs = options.filter((option) => option.includes('=')).flatMap((option) => option.split(','))
  if (pairs.some((pair) => !pair.includes('=')))
    return `invalid security option ${goQuote(pairs.find((pair) => !pair.includes('=')) ?? '')}`
  return pairs.some((pair) => /^=|=$/.test(pair)) ? 'invalid empty security option' : ''
}

/** `name=seccomp,profile=builtin`, or a bare name. */
function securityOptions(options: readonly string[]): Lines {
  if (options.length === 0 || securityFault(options) !== '') return []
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
    ...named('Kernel Version', info.KernelVersion),
    ...named('Operating System', info.OperatingSystem),
    ...named('OSType', info.OSType),
    ...named('Architecture', info.Architecture),
    line('CPUs', info.NCPU ?? 0),
    line('Total Memory', bytesSize(info.MemTotal ?? 0)),
    ...named('Name', info.Name),
    ...named('ID', info.ID),
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
    ...named('HTTP Proxy', info.HttpProxy),
    ...named('HTTPS Proxy', info.HttpsProxy),
    ...named('No Proxy', info.NoProxy),
    ...named('Username', username),
    ...under('Labels', info.Labels),
    line('Experimental', info.ExperimentalBuild ?? false),
    ...(networks.length > 0 || indexes.length > 0 ? [' Insecure Registries:', ...lines('  ', insecure)] : []),
    ...under('Registry Mirrors', Mirrors),
    line('Live Restore Enabled', info.LiveRestoreEnabled ?? false),
    ...named('Product License', info.ProductLicense),
    ...under(
      'Default Address Pools',
      (info.DefaultAddressPools ?? []).map(({ Base = '', Size = 0 }) => ` Base: ${Base}, Size: ${Size}`),
    ),
  ]
}
