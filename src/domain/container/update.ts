import type { Int64 } from '../go/int.ts'
import type { Resources } from './create-request.ts'
import type { RestartPolicy } from './restart-policy.ts'

/** The body of `POST /containers/ID/update`. Zero and empty values do not change a limit. */
export interface UpdateBody extends UpdatedResources {
  readonly RestartPolicy: RestartPolicy
}

/** The resources that docker sends, including zeros for those that `update` has no flag for. */
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
> & { readonly PidsLimit: Int64 | null }
