import type { Int64 } from '../go/int.ts'
import type { DeviceMapping, DeviceRate, DeviceRequest, DeviceWeight } from './device.ts'
import type { Mount } from './mount.ts'
import type { PortMap } from './port.ts'
import type { RestartPolicy } from './restart-policy.ts'
import type { Ulimit } from './ulimit.ts'

type TextMap = Readonly<Record<string, string>>
type TextList = readonly string[]

/**
 * The body of `POST /containers/create`, with the fields that docker 28 sends. An optional field is one that docker may
 * leave out.
 */
export interface CreateBody {
  readonly Hostname: string
  readonly Domainname: string
  readonly User: string
  readonly AttachStdin: boolean
  readonly AttachStdout: boolean
  readonly AttachStderr: boolean
  readonly ExposedPorts?: Readonly<Record<string, object>>
  readonly Tty: boolean
  readonly OpenStdin: boolean
  readonly StdinOnce: boolean
  readonly Env: TextList | null
  readonly Cmd: TextList | null
  readonly Healthcheck?: Healthcheck
  readonly Image: string
  readonly Volumes: Readonly<Record<string, object>>
  readonly WorkingDir: string
  readonly Entrypoint: TextList | null
  readonly OnBuild: null
  readonly Labels: TextMap
  /** For daemons before API version 1.44; docker no longer sends it. */
  readonly MacAddress?: string
  readonly StopSignal?: string
  /** Seconds. */
  readonly StopTimeout?: Int64
  readonly HostConfig: HostConfig
  readonly NetworkingConfig: { readonly EndpointsConfig: Readonly<Record<string, NetworkEndpointConfig>> }
}

/** Durations are in nanoseconds. */
export interface Healthcheck {
  readonly Test?: TextList
  readonly Interval?: Int64
  readonly Timeout?: Int64
  readonly StartPeriod?: Int64
  readonly StartInterval?: Int64
  readonly Retries?: Int64
}

/** The endpoint of a container on a network. The daemon fills in the fields after `GwPriority`. */
export interface NetworkEndpointConfig {
  readonly IPAMConfig: IpamConfig | null
  readonly Links: TextList | null
  readonly Aliases: TextList | null
  readonly MacAddress: string
  readonly DriverOpts: TextMap | null
  readonly GwPriority: Int64
  readonly NetworkID: string
  readonly EndpointID: string
  readonly Gateway: string
  readonly IPAddress: string
  readonly IPPrefixLen: number
  readonly IPv6Gateway: string
  readonly GlobalIPv6Address: string
  readonly GlobalIPv6PrefixLen: number
  readonly DNSNames: null
}

/** The fields of a NetworkEndpointConfig that the daemon fills in, with the values that docker sends. */
export const EMPTY_ENDPOINT_STATE = {
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  DNSNames: null,
} as const satisfies Partial<NetworkEndpointConfig>

interface IpamConfig {
  readonly IPv4Address?: string
  readonly IPv6Address?: string
  readonly LinkLocalIPs?: TextList
}

export interface HostConfig extends Resources {
  readonly Binds: TextList | null
  readonly ContainerIDFile: string
  readonly LogConfig: { readonly Type: string; readonly Config: TextMap }
  readonly NetworkMode: string
  readonly PortBindings: PortMap
  readonly RestartPolicy: RestartPolicy
  readonly AutoRemove: boolean
  readonly VolumeDriver: string
  readonly VolumesFrom: TextList | null
  /** Rows and columns of the terminal; zeros without a terminal. */
  readonly ConsoleSize: readonly [number, number]
  readonly Annotations?: TextMap
  readonly CapAdd: TextList | null
  readonly CapDrop: TextList | null
  readonly CgroupnsMode: string
  readonly Dns: TextList
  readonly DnsOptions: TextList
  readonly DnsSearch: TextList
  readonly ExtraHosts: TextList | null
  readonly GroupAdd: TextList | null
  readonly IpcMode: string
  readonly Cgroup: string
  readonly Links: TextList | null
  readonly OomScoreAdj: Int64
  readonly PidMode: string
  readonly Privileged: boolean
  readonly PublishAllPorts: boolean
  readonly ReadonlyRootfs: boolean
  readonly SecurityOpt: TextList | null
  readonly StorageOpt?: TextMap
  readonly Tmpfs?: TextMap
  readonly UTSMode: string
  readonly UsernsMode: string
  readonly ShmSize: Int64
  readonly Sysctls?: TextMap
  readonly Runtime?: string
  readonly Isolation: string
  readonly Mounts?: readonly Mount[]
  readonly MaskedPaths: TextList | null
  readonly ReadonlyPaths: TextList | null
  readonly Init?: boolean
}

/** Sizes are in bytes, CPU periods in microseconds. */
export interface Resources {
  readonly CpuShares: Int64
  readonly Memory: Int64
  readonly NanoCpus: Int64
  readonly CgroupParent: string
  readonly BlkioWeight: Int64
  readonly BlkioWeightDevice: readonly DeviceWeight[]
  readonly BlkioDeviceReadBps: readonly DeviceRate[]
  readonly BlkioDeviceWriteBps: readonly DeviceRate[]
  readonly BlkioDeviceReadIOps: readonly DeviceRate[]
  readonly BlkioDeviceWriteIOps: readonly DeviceRate[]
  readonly CpuPeriod: Int64
  readonly CpuQuota: Int64
  readonly CpuRealtimePeriod: Int64
  readonly CpuRealtimeRuntime: Int64
  readonly CpusetCpus: string
  readonly CpusetMems: string
  readonly Devices: readonly DeviceMapping[]
  readonly DeviceCgroupRules: TextList | null
  readonly DeviceRequests: readonly DeviceRequest[] | null
  readonly KernelMemory?: Int64
  readonly MemoryReservation: Int64
  readonly MemorySwap: Int64
  readonly MemorySwappiness: Int64
  readonly OomKillDisable: boolean
  readonly PidsLimit: Int64
  readonly Ulimits: readonly Ulimit[]
  readonly CpuCount: Int64
  readonly CpuPercent: Int64
  readonly IOMaximumIOps: Int64
  readonly IOMaximumBandwidth: Int64
}
