import type { Filters } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import type { Connection } from '../connection.ts'
import { prune } from './prune.ts'
import { PRUNED_BUILD_CACHE } from './shapes/system.ts'

export interface PruneBuildCache {
  /** Whether to remove all unused cache, not only dangling cache. */
  readonly all: boolean
  /** The number of bytes of cache to keep; 0 for no minimum. */
  readonly keepStorage: Int64
  readonly filters: Filters
}

interface Response {
  readonly CachesDeleted?: readonly string[] | null
  readonly SpaceReclaimed?: number
}

/** The build cache: `/build/prune` of the Engine API. All methods throw EngineError and ConnectionError. */
export class BuildCacheApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Removes unused build cache. */
  async prune({ all, keepStorage, filters }: PruneBuildCache): Promise<PruneReport> {
    const isRenamed = compareVersions(await this.#connection.apiVersion(), '1.52') >= 0
    const query = {
      all: all ? 1 : undefined,
      [isRenamed ? 'reserved-space' : 'keep-storage']: keepStorage === 0 ? undefined : keepStorage,
      // Unlike other prunes, docker sends this parameter even without filters.
      filters: Object.keys(filters).length > 0 ? filters : '',
    }
    // dockerode drops the parameters of this request.
    const send = () => this.#connection.json<Response | null>({ method: 'POST', path: '/build/prune', query })
    const response = await prune<Response>(this.#connection, send, {
      shape: PRUNED_BUILD_CACHE,
      prefix: 'error retrieving disk usage',
    })
    return { removed: response.CachesDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }
}
