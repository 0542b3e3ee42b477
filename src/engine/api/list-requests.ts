/** The parameters of the requests for lists that have more than filters. */
import type { Filters } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'

export interface ListContainers {
  readonly all: boolean
  /** The number of most recently created containers to list; unset for no limit. */
  readonly limit?: Int64
  /** Whether the daemon computes sizes, which is expensive. */
  readonly size: boolean
  readonly filters: Filters
  /** Cancels the request. */
  readonly signal?: AbortSignal
}

export interface ListImages {
  readonly all: boolean
  /** Whether to list each image's platforms, which only some daemons support. */
  readonly manifests: boolean
  readonly filters: Filters
  /** Cancels the request. */
  readonly signal?: AbortSignal
}
