import type { CreateBody, HostConfig } from '../../domain/container/create-request.ts'
import { parseExposed, parsePublished } from '../../domain/container/port.ts'
import { parseRestartPolicy } from '../../domain/container/restart-policy.ts'
import { checkNamespaceMode, normalizeCapabilities } from '../../domain/container/security.ts'
import { keyValueMap } from '../../domain/key-value.ts'
import { isMacAddress } from '../../domain/network/mac.ts'
import type { ContainerFlags } from './create.ts'
import type { ClientEnvironment } from './environment.ts'
import * as host from './host-config.ts'
import { endpointConfigs, networkMode, orNull } from './networking.ts'
import { attachedStreams, healthcheck, labels, variables } from './process-config.ts'

/** A `run` or `create` command line, read by its flags. */
export interface CreateCommandLine {
  readonly flags: ContainerFlags
  /** The flags that were typed. */
  readonly typedFlags: ReadonlySet<string>
  readonly image: string
  /** What follows the image. */
  readonly command: readonly string[]
}

/**
 * Translates a command line to the body of the create request. The order of the checks is docker's: of several
 * mistakes the same one is named.
 * @throws Error with docker's reason
 */
export function createBody(line: CreateCommandLine, clientEnvironment: ClientEnvironment): CreateBody {
  const { flags, typedFlags } = line
  checkNumbers(flags)
  const volumes = host.splitVolumes(flags.volume, clientEnvironment.cwd)
  const bindings = parsePublished(flags.publish)
  const exposed = [...Object.keys(bindings), ...flags.expose.flatMap(parseExposed)]
  const devices = host.devices(flags)
  const env = variables(flags, clientEnvironment)
  const labelMap = labels(flags, clientEnvironment)
  const hostConfig = translateHost(flags, typedFlags, clientEnvironment, { binds: volumes.binds, bindings, devices })
  const health = hostConfig.health
  const streams = attachedStreams(flags)
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
    Env: orNull(env),
    Cmd: orNull(line.command),
    ...(health ? { Healthcheck: health } : {}),
    Image: line.image,
    Volumes: emptyObjects(volumes.anonymous),
    WorkingDir: flags.workdir,
    Entrypoint: typedFlags.has('entrypoint') ? [flags.entrypoint] : null,
    OnBuild: null,
    Labels: labelMap,
    ...(flags['stop-signal'] === '' ? {} : { StopSignal: flags['stop-signal'] }),
    ...(typedFlags.has('stop-timeout') ? { StopTimeout: flags['stop-timeout'] } : {}),
    HostConfig: hostConfig.body,
    NetworkingConfig: { EndpointsConfig: endpointConfigs(flags) },
  }
}

function checkNumbers(flags: ContainerFlags): void {
  const mac = flags['mac-address']
  if (mac !== '' && !isMacAddress(mac.trim())) throw new Error(`${mac} is not a valid mac address`)
  const swappiness = flags['memory-swappiness']
  if (swappiness < -1 || swappiness > 100) {
    throw new Error(`invalid value: ${swappiness}. Valid memory swappiness range is 0-100`)
  }
}

interface Translated {
  readonly binds: readonly string[]
  readonly bindings: HostConfig['PortBindings']
  readonly devices: ReturnType<typeof host.devices>
}

function translateHost(
  flags: ContainerFlags,
  typedFlags: ReadonlySet<string>,
  clientEnvironment: ClientEnvironment,
  { binds, bindings, devices }: Translated,
): { body: HostConfig; health: ReturnType<typeof healthcheck> } {
  const pid = checkNamespaceMode('pid', flags.pid)
  const uts = checkNamespaceMode('uts', flags.uts)
  const userns = checkNamespaceMode('userns', flags.userns)
  const cgroupns = checkNamespaceMode('cgroupns', flags.cgroupns)
  const restart = parseRestartPolicy(flags.restart)
  const log = host.logConfig(flags)
  const security = host.securityOptions(flags, clientEnvironment)
  const storage = host.storageOptions(flags)
  const health = healthcheck(flags)
  if (flags.rm && restart.Name !== 'no' && restart.Name !== '') {
    throw new Error('conflicting options: cannot specify both --restart and --rm')
  }
  const body: HostConfig = {
    Binds: orNull(binds),
    ContainerIDFile: flags.cidfile,
    LogConfig: log,
    NetworkMode: networkMode(flags),
    PortBindings: bindings,
    RestartPolicy: restart,
    AutoRemove: flags.rm,
    VolumeDriver: flags['volume-driver'],
    VolumesFrom: orNull(flags['volumes-from']),
    ConsoleSize: clientEnvironment.consoleSize,
    ...mapIfAny('Annotations', keyValueMap(flags.annotation)),
    CapAdd: orNull(normalizeCapabilities(flags['cap-add'])),
    CapDrop: orNull(normalizeCapabilities(flags['cap-drop'])),
    CgroupnsMode: cgroupns,
    Dns: flags.dns,
    DnsOptions: flags['dns-option'],
    DnsSearch: flags['dns-search'],
    ExtraHosts: orNull(flags['add-host']),
    GroupAdd: orNull(flags['group-add']),
    IpcMode: flags.ipc,
    Cgroup: '',
    Links: orNull(flags.link),
    OomScoreAdj: flags['oom-score-adj'],
    PidMode: pid,
    Privileged: flags.privileged,
    PublishAllPorts: flags['publish-all'],
    ReadonlyRootfs: flags['read-only'],
    ...security,
    ...mapIfAny('StorageOpt', storage),
    ...mapIfAny('Tmpfs', host.tmpfs(flags)),
    UTSMode: uts,
    UsernsMode: userns,
    ShmSize: flags['shm-size'],
    ...mapIfAny('Sysctls', keyValueMap(flags.sysctl)),
    ...(flags.runtime === '' ? {} : { Runtime: flags.runtime }),
    Isolation: flags.isolation,
    ...(flags.mount.length > 0 ? { Mounts: host.mounts(flags, clientEnvironment.cwd) } : {}),
    ...(typedFlags.has('init') ? { Init: flags.init } : {}),
    ...host.resources(flags, devices, clientEnvironment),
  }
  return { body, health }
}

function emptyObjects(keys: readonly string[]): Record<string, object> {
  return Object.fromEntries(keys.map((key): [string, object] => [key, {}]))
}

/** Go leaves an empty map out where its field says so. */
function mapIfAny<K extends string>(
  name: K,
  map: Record<string, string>,
): { [P in K]?: Record<string, string> } | Record<never, never> {
  return Object.keys(map).length > 0 ? { [name]: map } : {}
}
