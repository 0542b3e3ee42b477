// The flags of `run` and `create`, and their translation to the create request.
import type { CreateBody, Healthcheck, HostConfig } from '../../domain/container/create-request.ts'
import { parseExposed, parsePublished } from '../../domain/container/port.ts'
import { parseRestartPolicy } from '../../domain/container/restart-policy.ts'
import { checkNamespaceMode, normalizeCapabilities } from '../../domain/container/security.ts'
import { nullIfEmpty } from '../../domain/go/omit-empty.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { isMacAddress } from '../../domain/network/address.ts'
import { bool, type TypedFlags, text, type ValuesOf } from '../flag.ts'
import { contentTrust, detachKeys } from '../shared.ts'
import type { ClientEnvironment } from './environment.ts'
import { isolationFlags, parseSecurityOptions } from './isolation.ts'
import { networkFlags, networkModeOf, translateEndpoints } from './networking.ts'
import { parseHealthcheck, processFlags, readLabels, readVariables, selectStreams } from './process.ts'
import { type Devices, parseDevices, resourceFlags, translateResources } from './resources.ts'
import {
  parseLogConfig,
  parseStorageOptions,
  parseTmpfs,
  resolveMounts,
  splitVolumes,
  storageFlags,
} from './storage.ts'
import { waitFlags } from './wait.ts'

/** The flags that become part of the create request's body. */
export const containerFlags = {
  ...processFlags,
  ...networkFlags,
  ...storageFlags,
  ...resourceFlags,
  ...isolationFlags,
  cidfile: text({ summary: 'Write the container ID to a new file' }),
}

/** The flags of `create`. */
export const createFlags = {
  ...containerFlags,
  'disable-content-trust': contentTrust('verification'),
  name: text({ summary: 'Name of the container' }),
  platform: text({ completes: 'platforms', summary: 'Platform of the image, OS/ARCH[/VARIANT]', minApi: '1.32' }),
  pull: text({
    completes: ['always', 'missing', 'never'],
    summary: 'When to pull the image: always, missing, never',
    default: 'missing',
  }),
  quiet: bool({ char: 'q', summary: 'Suppress the progress of a pull' }),
  'use-api-socket': bool({ summary: "Mount the daemon's socket and the stored registry credentials" }),
}

/** The flags of `run`. */
export const runFlags = {
  ...createFlags,
  detach: bool({ char: 'd', summary: 'Run in the background and print the container ID' }),
  'detach-keys': { ...detachKeys(), completes: 'detach keys' as const },
  'sig-proxy': bool({ summary: 'Forward signals to the container', default: true }),
  ...waitFlags,
}

export type ContainerFlags = ValuesOf<typeof containerFlags>
export type CreateFlags = ValuesOf<typeof createFlags>
export type RunFlags = ValuesOf<typeof runFlags>

/** A parsed `run` or `create` command line. */
export interface CreateCommandLine {
  readonly flags: ContainerFlags
  readonly typedFlags: TypedFlags
  readonly image: string
  /** The operands after the image. */
  readonly command: readonly string[]
}

/**
 * Translates a command line to the body of the create request. The checks run in docker's order, so that of several
 * mistakes the same one is reported.
 * @throws Error with docker's reason
 */
export function createBody(line: CreateCommandLine, clientEnvironment: ClientEnvironment): CreateBody {
  const { flags, typedFlags } = line
  checkNumbers(flags)
  const volumes = splitVolumes(flags.volume, clientEnvironment)
  const bindings = parsePublished(flags.publish)
  const exposed = [...Object.keys(bindings), ...flags.expose.flatMap(parseExposed)]
  const devices = parseDevices(flags)
  const env = readVariables(flags, clientEnvironment)
  const labels = readLabels(flags, clientEnvironment)
  const hostConfig = translateHost(flags, typedFlags, clientEnvironment, { binds: volumes.binds, bindings, devices })
  const health = hostConfig.health
  const streams = selectStreams(flags)
  return {
    Hostname: flags.hostname,
    Domainname: flags.domainname,
    User: flags.user,
    AttachStdin: streams.stdin,
    AttachStdout: streams.stdout,
    AttachStderr: streams.stderr,
    ...(exposed.length > 0 ? { ExposedPorts: emptyObjects(exposed) } : {}),
    Tty: flags.tty,
    OpenStdin: flags.interactive,
    StdinOnce: flags.interactive,
    Env: nullIfEmpty(env),
    Cmd: nullIfEmpty(line.command),
    ...(health ? { Healthcheck: health } : {}),
    Image: line.image,
    Volumes: emptyObjects(volumes.anonymous),
    WorkingDir: flags.workdir,
    Entrypoint: typedFlags.has('entrypoint') ? [flags.entrypoint] : null,
    OnBuild: null,
    Labels: labels,
    ...(flags['stop-signal'] === '' ? {} : { StopSignal: flags['stop-signal'] }),
    ...(typedFlags.has('stop-timeout') ? { StopTimeout: flags['stop-timeout'] } : {}),
    HostConfig: hostConfig.body,
    NetworkingConfig: { EndpointsConfig: translateEndpoints(flags) },
  }
}

/** Removes the attached streams from the request, for `--detach`. */
export function withoutAttach(body: CreateBody): CreateBody {
  return { ...body, AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false }
}

function checkNumbers(flags: ContainerFlags): void {
  const mac = flags['mac-address']
  if (mac !== '' && !isMacAddress(mac.trim())) throw new Error(`${mac} is not a valid mac address`)
  const swappiness = flags['memory-swappiness']
  if (swappiness < -1 || swappiness > 100) {
    throw new Error(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`)
  }
}

/** The parts of HostConfig that are translated before the others, because their mistakes are reported first. */
interface TranslatedParts {
  readonly binds: readonly string[]
  readonly bindings: HostConfig['PortBindings']
  readonly devices: Devices
}

/** Translates the flags to HostConfig, and checks the health flags where docker checks them: in the middle. */
function translateHost(
  flags: ContainerFlags,
  typedFlags: TypedFlags,
  clientEnvironment: ClientEnvironment,
  { binds, bindings, devices }: TranslatedParts,
): { body: HostConfig; health: Healthcheck | undefined } {
  const pid = checkNamespaceMode('pid', flags.pid)
  const uts = checkNamespaceMode('uts', flags.uts)
  const userns = checkNamespaceMode('userns', flags.userns)
  const cgroupns = checkNamespaceMode('cgroupns', flags.cgroupns)
  const restart = parseRestartPolicy(flags.restart)
  const log = parseLogConfig(flags)
  const security = parseSecurityOptions(flags, clientEnvironment.readFile)
  const storage = parseStorageOptions(flags)
  const health = parseHealthcheck(flags)
  if (flags.rm && restart.Name !== 'no' && restart.Name !== '') {
    throw new Error('conflicting options: cannot specify both --restart and --rm')
  }
  const body: HostConfig = {
    Binds: nullIfEmpty(binds),
    ContainerIDFile: flags.cidfile,
    LogConfig: log,
    NetworkMode: networkModeOf(flags),
    PortBindings: bindings,
    RestartPolicy: restart,
    AutoRemove: flags.rm,
    VolumeDriver: flags['volume-driver'],
    VolumesFrom: nullIfEmpty(flags['volumes-from']),
    ConsoleSize: clientEnvironment.consoleSize,
    ...mapIfAny('Annotations', keyValueMap(flags.annotation)),
    CapAdd: nullIfEmpty(normalizeCapabilities(flags['cap-add'])),
    CapDrop: nullIfEmpty(normalizeCapabilities(flags['cap-drop'])),
    CgroupnsMode: cgroupns,
    Dns: flags.dns,
    DnsOptions: flags['dns-option'],
    DnsSearch: flags['dns-search'],
    ExtraHosts: nullIfEmpty(flags['add-host']),
    GroupAdd: nullIfEmpty(flags['group-add']),
    IpcMode: flags.ipc,
    Cgroup: '',
    Links: nullIfEmpty(flags.link),
    OomScoreAdj: flags['oom-score-adj'],
    PidMode: pid,
    Privileged: flags.privileged,
    PublishAllPorts: flags['publish-all'],
    ReadonlyRootfs: flags['read-only'],
    ...security,
    ...mapIfAny('StorageOpt', storage),
    ...mapIfAny('Tmpfs', parseTmpfs(flags)),
    UTSMode: uts,
    UsernsMode: userns,
    ShmSize: flags['shm-size'],
    ...mapIfAny('Sysctls', keyValueMap(flags.sysctl)),
    ...(flags.runtime === '' ? {} : { Runtime: flags.runtime }),
    Isolation: flags.isolation,
    ...(flags.mount.length > 0 ? { Mounts: resolveMounts(flags.mount, clientEnvironment) } : {}),
    ...(typedFlags.has('init') ? { Init: flags.init } : {}),
    ...translateResources(flags, devices, clientEnvironment.apiVersion),
  }
  return { body, health }
}

function emptyObjects(keys: readonly string[]): Record<string, object> {
  return Object.fromEntries(keys.map((key): [string, object] => [key, {}]))
}

/** An empty map is left out, as Go leaves out fields that say `omitempty`. */
function mapIfAny<K extends string>(
  name: K,
  map: Record<string, string>,
): { [P in K]?: Record<string, string> } | Record<never, never> {
  return Object.keys(map).length > 0 ? { [name]: map } : {}
}

/** Returns the warnings that docker writes to stderr before it creates a container. */
export function createWarnings({ HostConfig: host }: CreateBody): string[] {
  const local = host.Dns.find((server) => server.startsWith('127.') || server === '::1')
  return local === undefined ? [] : [`WARNING: Localhost DNS (${local}) may fail in containers.`]
}
