// The inverse of resources.ts: the flags that set the resources of a container.
import type { CreateBody } from '../../domain/container/create-request.ts'
import type { DeviceMapping, DeviceRate, DeviceRequest } from '../../domain/container/device.ts'
import type { Ulimit } from '../../domain/container/ulimit.ts'
import { formatCsvRecord } from '../../domain/go/csv.ts'
import type { Int64 } from '../../domain/go/int.ts'
import {
  bytesArgument,
  type FlagArgument,
  numberArgument,
  switchArgument,
  textArgument,
  textArguments,
} from './flag-argument.ts'

/** Returns the flags of resources.ts. */
export function resourceArguments({ HostConfig: host }: CreateBody): FlagArgument[] {
  return [
    ...bytesArgument('memory', host.Memory),
    ...bytesArgument('memory-reservation', host.MemoryReservation),
    ...bytesArgument('memory-swap', host.MemorySwap),
    ...numberArgument('memory-swappiness', host.MemorySwappiness, -1),
    ...bytesArgument('kernel-memory', host.KernelMemory),
    ...bytesArgument('shm-size', host.ShmSize),
    ...textArgument('cpus', formatCpus(host.NanoCpus)),
    ...numberArgument('cpu-shares', host.CpuShares),
    ...numberArgument('cpu-period', host.CpuPeriod),
    ...numberArgument('cpu-quota', host.CpuQuota),
    ...numberArgument('cpu-rt-period', host.CpuRealtimePeriod),
    ...numberArgument('cpu-rt-runtime', host.CpuRealtimeRuntime),
    ...textArgument('cpuset-cpus', host.CpusetCpus),
    ...textArgument('cpuset-mems', host.CpusetMems),
    ...numberArgument('cpu-count', host.CpuCount),
    ...numberArgument('cpu-percent', host.CpuPercent),
    ...bytesArgument('io-maxbandwidth', host.IOMaximumBandwidth),
    ...numberArgument('io-maxiops', host.IOMaximumIOps),
    ...numberArgument('pids-limit', host.PidsLimit),
    ...textArguments('ulimit', host.Ulimits.map(formatUlimit)),
    ...switchArgument('oom-kill-disable', host.OomKillDisable),
    ...numberArgument('oom-score-adj', host.OomScoreAdj),
    ...textArgument('cgroup-parent', host.CgroupParent),
    ...numberArgument('blkio-weight', host.BlkioWeight),
    ...rateArguments(
      'blkio-weight-device',
      host.BlkioWeightDevice.map(({ Path, Weight }) => ({ Path, Rate: Weight })),
    ),
    ...rateArguments('device-read-bps', host.BlkioDeviceReadBps),
    ...rateArguments('device-write-bps', host.BlkioDeviceWriteBps),
    ...rateArguments('device-read-iops', host.BlkioDeviceReadIOps),
    ...rateArguments('device-write-iops', host.BlkioDeviceWriteIOps),
    ...textArguments('device', host.Devices.map(formatDevice)),
    ...(host.DeviceRequests ?? []).flatMap(requestArguments),
    ...textArguments('device-cgroup-rule', host.DeviceCgroupRules),
  ]
}

/** Formats billionths of a CPU as a decimal number; empty for 0. */
function formatCpus(nanoCpus: Int64): string {
  if (nanoCpus === 0) return ''
  const nano = BigInt(nanoCpus)
  const digits = String(nano < 0n ? -nano : nano).padStart(10, '0')
  return `${nano < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '')
}

function formatUlimit({ Name, Soft, Hard }: Ulimit): string {
  return Soft === Hard ? `${Name}=${Soft}` : `${Name}=${Soft}:${Hard}`
}

function rateArguments(name: string, rates: readonly DeviceRate[]): FlagArgument[] {
  return rates.map(({ Path, Rate }) => ({ name, value: `${Path}:${Rate}` }))
}

function formatDevice({ PathOnHost, PathInContainer, CgroupPermissions }: DeviceMapping): string {
  const hasDefaultMode = CgroupPermissions === 'rwm'
  if (PathInContainer === PathOnHost) return hasDefaultMode ? PathOnHost : `${PathOnHost}:${CgroupPermissions}`
  return [PathOnHost, PathInContainer, ...(hasDefaultMode ? [] : [CgroupPermissions])].join(':')
}

/** Devices of a CDI specification are typed as `--device`, and all others as `--gpus`. */
function requestArguments({ Driver, Count, DeviceIDs, Capabilities, Options }: DeviceRequest): FlagArgument[] {
  if (Driver === 'cdi') return textArguments('device', DeviceIDs)
  const capabilities = (Capabilities?.[0] ?? []).filter((capability) => capability !== 'gpu')
  const options = Object.entries(Options ?? {}).map(([name, value]) => `${name}=${value}`)
  const count = Count === -1 ? 'all' : String(Count)
  const fields = [
    ...(Driver === '' ? [] : [`driver=${Driver}`]),
    ...(Count === 0 ? [] : [`count=${count}`]),
    ...(DeviceIDs && DeviceIDs.length > 0 ? [`device=${DeviceIDs.join(',')}`] : []),
    ...(capabilities.length > 0 ? [`capabilities=${capabilities.join(',')}`] : []),
    ...(options.length > 0 ? [`options=${formatCsvRecord(options)}`] : []),
  ]
  const isCountOnly = Count !== 0 && fields.length === 1
  return [{ name: 'gpus', value: isCountOnly ? count : formatCsvRecord(fields) }]
}
