import type { Resources } from './create-request.ts'
import type { RestartPolicy } from './restart-policy.ts'

/** The body of `POST /containers/ID/update`. Zero and empty leave a limit as it is. */
export interface UpdateBody extends UpdatedResources {
  readonly RestartPolicy: RestartPolicy
}

/** The resources that `update` sets; docker sends the zeros of some others along. */
type UpdatedResources = Pick<
  Resources,
  | 'BlkioWeight'
  | 'CgroupParent'
  | 'CpuCount'
  | 'CpuPercent'
  | 'CpuPeriod'
  | 'CpuQuota'
  | 'CpuRealtimePeriod'
  | 'CpuRealtimeRuntime'
  | 'CpuShares'
  | 'CpusetCpus'
  | 'CpusetMems'
  | 'IOMaximumBandwidth'
  | 'IOMaximumIOps'
  | 'KernelMemory'
  | 'Memory'
  | 'MemoryReservation'
  | 'MemorySwap'
  | 'NanoCpus'
> & { readonly PidsLimit: number | null }
