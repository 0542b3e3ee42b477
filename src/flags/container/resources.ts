// The resources of a container: CPUs, memory, block I/O, processes and devices.

import { parseNanoCpus } from '../../domain/container/cpus.ts'
import type { Resources } from '../../domain/container/create-request.ts'
import {
  checkDeviceCgroupRule,
  type DeviceMapping,
  type DeviceRequest,
  parseDevice,
  parseDeviceByteRate,
  parseDeviceOperationRate,
  parseDeviceWeight,
  parseGpuRequest,
} from '../../domain/container/device.ts'
import { lastUlimits } from '../../domain/container/ulimit.ts'
import { nullIfEmpty } from '../../domain/go/omit-empty.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { bool, each, int, text, texts, type ValuesOf, value } from '../flag.ts'
import { bytes, memorySwap, uint, ulimits } from '../quantities.ts'

/** Flags that only daemons on Windows support. */
const windowsFlags = {
  'cpu-count': int({ summary: 'Number of CPUs (Windows daemons)', daemonOs: 'windows' }),
  'cpu-percent': int({ summary: 'CPU share in percent (Windows daemons)', daemonOs: 'windows' }),
  'io-maxbandwidth': bytes({
    summary: 'I/O bytes per second of the system drive (Windows daemons)',
    daemonOs: 'windows',
  }),
  'io-maxiops': uint({
    summary: 'I/O operations per second of the system drive (Windows daemons)',
    daemonOs: 'windows',
  }),
}

export const resourceFlags = {
  ...windowsFlags,
  'blkio-weight': uint({ summary: 'Block I/O weight, 10 to 1000; 0 disables it', valueType: 'uint16' }),
  'blkio-weight-device': each({
    summary: 'Block I/O weight of a device, PATH:WEIGHT',
    defaultText: '[]',
    read: parseDeviceWeight,
  }),
  'cgroup-parent': text({ summary: 'Parent control group' }),
  'cpu-period': int({ summary: 'CPU scheduling period in microseconds' }),
  'cpu-quota': int({ summary: 'CPU time per period in microseconds' }),
  'cpu-rt-period': int({ summary: 'Real-time CPU period in microseconds', minApi: '1.25' }),
  'cpu-rt-runtime': int({ summary: 'Real-time CPU time per period in microseconds', minApi: '1.25' }),
  'cpu-shares': int({ char: 'c', summary: 'Relative CPU weight; the default is 1024' }),
  cpus: value({
    summary: 'Number of CPUs, such as 1.5',
    valueType: 'decimal',
    default: 0,
    read: parseNanoCpus,
    minApi: '1.25',
  }),
  'cpuset-cpus': text({ summary: 'CPUs to run on, such as 0-3 or 0,1' }),
  'cpuset-mems': text({ summary: 'Memory nodes to use, such as 0-3 or 0,1' }),
  device: texts({ summary: 'Add a host device, PATH[:CONTAINERPATH][:PERMISSIONS]' }),
  'device-cgroup-rule': each({
    summary: "Add a device cgroup rule, 'TYPE MAJOR:MINOR PERMISSIONS'",
    read: checkDeviceCgroupRule,
  }),
  'device-read-bps': each({
    summary: 'Limit the bytes read per second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceByteRate,
  }),
  'device-read-iops': each({
    summary: 'Limit the reads per second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceOperationRate,
  }),
  'device-write-bps': each({
    summary: 'Limit the bytes written per second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceByteRate,
  }),
  'device-write-iops': each({
    summary: 'Limit the writes per second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceOperationRate,
  }),
  gpus: each({
    summary: "GPUs to add, a count or 'all'",
    valueType: 'gpu-request',
    minApi: '1.40',
    read: parseGpuRequest,
  }),
  'kernel-memory': bytes({ summary: 'Kernel memory limit; ignored by daemons since 23.0' }),
  memory: bytes({ char: 'm', summary: 'Memory limit, such as 512m' }),
  'memory-reservation': bytes({ summary: 'Memory limit while the host is short of memory' }),
  'memory-swap': memorySwap(),
  'memory-swappiness': int({ summary: 'Tendency to swap, 0 to 100', default: -1 }),
  'oom-kill-disable': bool({ summary: 'Disable the out-of-memory killer' }),
  'oom-score-adj': int({ summary: 'Out-of-memory score adjustment, -1000 to 1000' }),
  'pids-limit': int({ summary: 'Limit the number of processes; -1 for no limit' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  ulimit: ulimits({ completes: 'ulimits', summary: 'Limit the resources of processes, NAME=SOFT[:HARD]' }),
}

type ResourceFlags = ValuesOf<typeof resourceFlags>

export interface Devices {
  readonly mappings: DeviceMapping[]
  /** The devices that a driver of the daemon adds: those of `--gpus`, and CDI devices. */
  readonly requests: DeviceRequest[]
}

/**
 * Parses `--device`, and adds `--gpus`.
 * @throws Error with docker's reason
 */
export function parseDevices(flags: ResourceFlags): Devices {
  const parsed = flags.device.map(parseDevice)
  const mappings = parsed.flatMap((device) => ('mapping' in device ? [device.mapping] : []))
  const cdiNames = parsed.flatMap((device) => ('cdiName' in device ? [device.cdiName] : []))
  const cdi = { Driver: 'cdi', Count: 0, DeviceIDs: cdiNames, Capabilities: null, Options: null }
  return { mappings, requests: cdiNames.length > 0 ? [...flags.gpus, cdi] : [...flags.gpus] }
}

/** Translates the resource flags to the request's fields. */
export function translateResources(
  flags: ResourceFlags,
  { mappings, requests }: Devices,
  apiVersion: string,
): Resources {
  const kernelMemory = flags['kernel-memory']
  const takesKernelMemory = compareVersions(apiVersion, '1.42') < 0 && compareVersions(apiVersion, '1.40') >= 0
  return {
    CpuShares: flags['cpu-shares'],
    Memory: flags.memory,
    NanoCpus: flags.cpus,
    CgroupParent: flags['cgroup-parent'],
    BlkioWeight: flags['blkio-weight'],
    BlkioWeightDevice: flags['blkio-weight-device'],
    BlkioDeviceReadBps: flags['device-read-bps'],
    BlkioDeviceWriteBps: flags['device-write-bps'],
    BlkioDeviceReadIOps: flags['device-read-iops'],
    BlkioDeviceWriteIOps: flags['device-write-iops'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    Devices: mappings,
    DeviceCgroupRules: nullIfEmpty(flags['device-cgroup-rule']),
    DeviceRequests: nullIfEmpty(requests),
    ...(takesKernelMemory && kernelMemory !== 0 ? { KernelMemory: kernelMemory } : {}),
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    MemorySwappiness: flags['memory-swappiness'],
    OomKillDisable: flags['oom-kill-disable'],
    PidsLimit: flags['pids-limit'],
    Ulimits: lastUlimits(flags.ulimit),
    CpuCount: flags['cpu-count'],
    CpuPercent: flags['cpu-percent'],
    IOMaximumIOps: flags['io-maxiops'],
    IOMaximumBandwidth: flags['io-maxbandwidth'],
  }
}
