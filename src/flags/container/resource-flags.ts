import { parseNanoCpus } from '../../domain/container/cpus.ts'
import { checkDeviceCgroupRule } from '../../domain/container/device.ts'
import {
  parseDeviceByteRate,
  parseDeviceOperationRate,
  parseDeviceWeight,
} from '../../domain/container/device-limit.ts'
import { parseGpuRequest } from '../../domain/container/gpu-request.ts'
import { parseUlimit } from '../../domain/container/ulimit.ts'
import { parseRamBytes } from '../../domain/size.ts'
import { bool, int, text, texts, value } from '../flag.ts'
import { bytes, each, unsigned } from '../values.ts'

/** Flags that only a daemon on Windows understands. */
const windowsFlags = {
  'cpu-count': int({ summary: 'Number of CPUs (Windows daemons)', daemonOs: 'windows' }),
  'cpu-percent': int({ summary: 'Share of the CPUs in percent (Windows daemons)', daemonOs: 'windows' }),
  'io-maxbandwidth': bytes({ summary: 'Bytes a second of the system drive (Windows daemons)', daemonOs: 'windows' }),
  'io-maxiops': unsigned({
    summary: 'Operations a second of the system drive (Windows daemons)',
    bits: 64,
    valueType: 'uint',
    daemonOs: 'windows',
  }),
}

/** How much of the host the container may use. */
export const resourceFlags = {
  ...windowsFlags,
  'blkio-weight': unsigned({ summary: 'Share of block IO, 10 to 1000; 0 is off', bits: 16, valueType: 'uint16' }),
  'blkio-weight-device': each({
    summary: 'Share of one device, PATH:WEIGHT',
    defaultText: '[]',
    read: parseDeviceWeight,
  }),
  'cgroup-parent': text({ summary: 'Parent control group' }),
  'cpu-period': int({ summary: 'Microseconds of a scheduling period' }),
  'cpu-quota': int({ summary: 'Microseconds it may run in a period' }),
  'cpu-rt-period': int({ summary: 'Microseconds of a real-time period', minApi: '1.25' }),
  'cpu-rt-runtime': int({ summary: 'Microseconds it may run in a real-time period', minApi: '1.25' }),
  'cpu-shares': int({ char: 'c', summary: 'Share of the CPUs, against 1024 of others' }),
  cpus: value({
    summary: 'Number of CPUs, such as 1.5',
    valueType: 'decimal',
    default: 0,
    read: parseNanoCpus,
    minApi: '1.25',
  }),
  'cpuset-cpus': text({ summary: 'CPUs it may run on, such as 0-3 or 0,1' }),
  'cpuset-mems': text({ summary: 'Memory nodes it may use' }),
  device: texts({ summary: 'Add a device of the host, PATH[:INSIDE][:rwm]' }),
  'device-cgroup-rule': each({ summary: "Add a rule, 'TYPE MAJOR:MINOR rwm'", read: checkDeviceCgroupRule }),
  'device-read-bps': each({
    summary: 'Bytes a second to read, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceByteRate,
  }),
  'device-read-iops': each({
    summary: 'Reads a second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceOperationRate,
  }),
  'device-write-bps': each({
    summary: 'Bytes a second to write, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceByteRate,
  }),
  'device-write-iops': each({
    summary: 'Writes a second, PATH:RATE',
    defaultText: '[]',
    read: parseDeviceOperationRate,
  }),
  gpus: each({
    summary: "GPUs to add, a number or 'all'",
    valueType: 'gpu-request',
    minApi: '1.40',
    read: parseGpuRequest,
  }),
  'kernel-memory': bytes({ summary: 'Kernel memory limit; daemons since 23.0 ignore it' }),
  memory: bytes({ char: 'm', summary: 'Memory limit, such as 512m' }),
  'memory-reservation': bytes({ summary: 'Memory it is held to when the host runs short' }),
  'memory-swap': value({
    summary: 'Limit of memory and swap together; -1 for no limit',
    valueType: 'bytes',
    default: 0,
    read: (typed) => (typed === '-1' ? -1 : parseRamBytes(typed)),
  }),
  'memory-swappiness': int({ summary: 'Readiness to swap, 0 to 100', default: -1 }),
  'oom-kill-disable': bool({ summary: 'Do not kill it when memory runs out' }),
  'oom-score-adj': int({ summary: 'Rank when memory runs out, -1000 to 1000' }),
  'pids-limit': int({ summary: 'Number of processes; -1 for no limit' }),
  'shm-size': bytes({ summary: 'Size of /dev/shm' }),
  ulimit: each({
    completes: 'ulimits',
    summary: 'Process limit, NAME=SOFT[:HARD]',
    valueType: 'ulimit',
    defaultText: '[]',
    read: parseUlimit,
  }),
}
