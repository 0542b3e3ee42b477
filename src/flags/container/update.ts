import { parseRestartPolicy } from '../../domain/container/restart-policy.ts'
import type { UpdateBody } from '../../domain/container/update.ts'
import { text, type ValuesOf } from '../flag.ts'
import { resourceFlags } from './resources.ts'

/** The flags of `update`. A limit whose flag was not typed does not change. */
export const updateFlags = {
  'blkio-weight': resourceFlags['blkio-weight'],
  'cpu-period': resourceFlags['cpu-period'],
  'cpu-quota': resourceFlags['cpu-quota'],
  'cpu-rt-period': resourceFlags['cpu-rt-period'],
  'cpu-rt-runtime': resourceFlags['cpu-rt-runtime'],
  'cpu-shares': resourceFlags['cpu-shares'],
  cpus: { ...resourceFlags.cpus, minApi: '1.29' },
  'cpuset-cpus': resourceFlags['cpuset-cpus'],
  'cpuset-mems': resourceFlags['cpuset-mems'],
  'kernel-memory': { ...resourceFlags['kernel-memory'], hidden: true },
  memory: resourceFlags.memory,
  'memory-reservation': resourceFlags['memory-reservation'],
  'memory-swap': resourceFlags['memory-swap'],
  'pids-limit': { ...resourceFlags['pids-limit'], minApi: '1.40' },
  restart: text({
    completes: 'restart policies',
    summary: 'When to restart: no, always, unless-stopped, on-failure[:MAX]',
  }),
}

/**
 * Translates the flags of `update` to the request's body.
 * @throws Error with docker's reason
 */
export function updateBody(flags: ValuesOf<typeof updateFlags>): UpdateBody {
  const kernelMemory = flags['kernel-memory']
  return {
    CpuShares: flags['cpu-shares'],
    Memory: flags.memory,
    NanoCpus: flags.cpus,
    CgroupParent: '',
    BlkioWeight: flags['blkio-weight'],
    CpuPeriod: flags['cpu-period'],
    CpuQuota: flags['cpu-quota'],
    CpuRealtimePeriod: flags['cpu-rt-period'],
    CpuRealtimeRuntime: flags['cpu-rt-runtime'],
    CpusetCpus: flags['cpuset-cpus'],
    CpusetMems: flags['cpuset-mems'],
    ...(kernelMemory === 0 ? {} : { KernelMemory: kernelMemory }),
    MemoryReservation: flags['memory-reservation'],
    MemorySwap: flags['memory-swap'],
    PidsLimit: flags['pids-limit'] || null,
    CpuCount: 0,
    CpuPercent: 0,
    IOMaximumIOps: 0,
    IOMaximumBandwidth: 0,
    RestartPolicy: parseRestartPolicy(flags.restart),
  }
}
