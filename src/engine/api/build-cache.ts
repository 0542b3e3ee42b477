import type { Filters } from '../../domain/filter.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import type { Connection } from '../connection.ts'
import { prune } from './prune.ts'

export interface PruneBuildCache {
  /** Remove what is in no image's way too, not only what nothing refers to. */
  readonly all: boolean
  /** Bytes of cache to keep; 0 keeps none on purpose. */
  readonly keepStorage: number
  readonly filters: Filters
}

interface Response {
  readonly CachesDeleted?: readonly string[] | null
  readonly SpaceReclaimed?: number
}

/** `/build` of the Engine API as far as its cache goes. All methods throw EngineError and ConnectionError. */
export class BuildCacheApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async prune({ all, keepStorage, filters }: PruneBuildCache): Promise<PruneReport> {
    const query = {
      all: all ? 1 : undefined,
      'keep-storage': keepStorage === 0 ? undefined : keepStorage,
      // Alone among prunes, docker names its filters even where there are none.
      filters: Object.keys(filters).length > 0 ? filters : '',
    }
    const response = await prune<Response>(this.#connection, '/build/prune', query, {
      goType: 'build.CachePruneReport',
      prefix: 'error retrieving disk usage',
    })
    return { removed: response.CachesDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }
}
