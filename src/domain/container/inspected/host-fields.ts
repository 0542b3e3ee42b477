// The HostConfig of a container, as its create request had it.
import { omitEmpty } from '../../go/omit-empty.ts'
import type { HostConfig } from '../create-request.ts'
import type { Mount } from '../mount.ts'
import { normalizeCapabilities } from '../security.ts'
import { lastUlimits } from '../ulimit.ts'
import { isSame } from './comparison.ts'
import type { Origin } from './inspection.ts'
import type { NetworkFields } from './network-fields.ts'

/** The size of /dev/shm that the daemon chooses, in bytes. */
const DEFAULT_SHM_SIZE = 67_108_864

/** The paths that daemons mask or make read-only by default; later versions add some. */
const DEFAULT_MASKED_PATHS = [
  ...['/proc/acpi', '/proc/asound', '/proc/kcore', '/proc/keys', '/proc/latency_stats', '/proc/sched_debug'],
  ...['/proc/scsi', '/proc/timer_list', '/proc/timer_stats', '/sys/firmware'],
]
const LATER_MASKED_PATHS = new Set(['/proc/interrupts', '/sys/devices/virtual/powercap'])
const DEFAULT_READONLY_PATHS = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger']

/** Returns HostConfig without the defaults of the daemon. Fields that this client does not know stay as they are. */
export function hostFields({ container, daemon }: Origin, network: NetworkFields): HostConfig {
  const host: Partial<HostConfig> = container.HostConfig ?? {}
  const restart = host.RestartPolicy ?? { Name: '', MaximumRetryCount: 0 }
  const log = host.LogConfig ?? { Type: '', Config: {} }
  return {
    ...EMPTY_HOST_CONFIG,
    ...withoutUndefined(host),
    NetworkMode: network.mode,
    Links: network.links,
    LogConfig: { Type: log.Type === daemon.loggingDriver ? '' : log.Type, Config: log.Config ?? {} },
    RestartPolicy: { ...restart, Name: restart.Name || 'no' },
    CapAdd: capabilities(host.CapAdd),
    CapDrop: capabilities(host.CapDrop),
    CgroupnsMode: withoutDefault(host.CgroupnsMode, daemon.hasPrivateCgroupns ? 'private' : 'host'),
    IpcMode: withoutDefault(host.IpcMode, 'private'),
    // Podman shows what is the default of every engine.
    PidMode: withoutDefault(host.PidMode, 'private'),
    UTSMode: withoutDefault(host.UTSMode, 'private'),
    Runtime: withoutDefault(host.Runtime, daemon.runtime),
    ShmSize: host.ShmSize === DEFAULT_SHM_SIZE ? 0 : (host.ShmSize ?? 0),
    SecurityOpt: securityOptions(host),
    MaskedPaths: ownPaths(host.MaskedPaths, DEFAULT_MASKED_PATHS),
    ReadonlyPaths: ownPaths(host.ReadonlyPaths, DEFAULT_READONLY_PATHS),
    MemorySwap: memorySwap(host),
    Ulimits: lastUlimits(host.Ulimits ?? []),
    Mounts: (host.Mounts ?? []).map(plainMount),
  }
}

/** What a request without any flag contains. */
const EMPTY_HOST_CONFIG = {
  Binds: null,
  ContainerIDFile: '',
  PortBindings: {},
  AutoRemove: false,
  VolumeDriver: '',
  VolumesFrom: null,
  ConsoleSize: [0, 0],
  Dns: [],
  DnsOptions: [],
  DnsSearch: [],
  ExtraHosts: null,
  GroupAdd: null,
  Cgroup: '',
  OomScoreAdj: 0,
  Privileged: false,
  PublishAllPorts: false,
  ReadonlyRootfs: false,
  UsernsMode: '',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: [],
  BlkioDeviceWriteBps: [],
  BlkioDeviceReadIOps: [],
  BlkioDeviceWriteIOps: [],
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  MemoryReservation: 0,
  MemorySwappiness: -1,
  OomKillDisable: false,
  PidsLimit: 0,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
} as const satisfies Partial<HostConfig>

function withoutUndefined(host: Partial<HostConfig>): Partial<HostConfig> {
  return Object.fromEntries(Object.entries(host).filter(([, value]) => value !== undefined && value !== null))
}

function withoutDefault(value = '', ofDaemon: string): string {
  return value === ofDaemon ? '' : value
}

function capabilities(names: readonly string[] | null | undefined): readonly string[] | null {
  return names && names.length > 0 ? normalizeCapabilities(names) : null
}

/** The daemon adds `label=disable` for privileged containers and those in the host's PID or IPC namespace. */
function securityOptions({ SecurityOpt, Privileged, PidMode, IpcMode }: Partial<HostConfig>): readonly string[] | null {
  const options = SecurityOpt ?? []
  const isUnlabelled = Privileged || PidMode === 'host' || IpcMode === 'host'
  const own = isUnlabelled && options.at(-1) === 'label=disable' ? options.slice(0, -1) : options
  return own.length > 0 ? own : null
}

/** Returns null for the daemon's own list, and for the lists of a privileged container, which has none. */
function ownPaths(paths: readonly string[] | null | undefined, byDefault: readonly string[]): readonly string[] | null {
  if (!paths) return null
  const isDefault = isSame(paths.filter((path) => !LATER_MASKED_PATHS.has(path)).toSorted(), byDefault)
  return isDefault ? null : paths
}

/** With a memory limit alone, the daemon allows as much swap again, or any amount where swap cannot be limited. */
function memorySwap({ Memory = 0, MemorySwap = 0 }: Partial<HostConfig>): HostConfig['MemorySwap'] {
  return Memory > 0 && BigInt(MemorySwap) === 2n * BigInt(Memory) ? 0 : MemorySwap
}

/** Leaves out the empty fields of a mount, as docker does. */
function plainMount({ BindOptions: bind, VolumeOptions: volume, TmpfsOptions: tmpfs, ...mount }: Mount): Mount {
  return {
    ...omitEmpty(mount),
    Type: mount.Type,
    Target: mount.Target,
    ...(isSame(bind, undefined) ? {} : { BindOptions: omitEmpty(bind ?? {}) }),
    ...(volume ? { VolumeOptions: { ...omitEmpty(volume), DriverConfig: omitEmpty(volume.DriverConfig ?? {}) } } : {}),
    ...(isSame(tmpfs, undefined) ? {} : { TmpfsOptions: omitEmpty(tmpfs ?? {}) }),
  }
}
