import type { Filters } from '../domain/filter.ts'
import type { ImageDeletion, ImageSummary } from '../domain/image.ts'
import type { Platform } from '../domain/platform.ts'
import { type Connection, pathSegment } from './connection.ts'

export interface ListImages {
  readonly all: boolean
  /** Ask for each image's platforms, which only some daemons know. */
  readonly manifests: boolean
  readonly filters: Filters
}

export interface RemoveImage {
  readonly force: boolean
  /** Delete parents that nothing else names. */
  readonly prune: boolean
  /** Remove only these platforms' parts. */
  readonly platforms: readonly Platform[]
}

/** `/images` of the Engine API. All methods throw EngineError and ConnectionError. */
export class ImageApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list({ all, manifests, filters }: ListImages): Promise<ImageSummary[]> {
    const docker = await this.#connection.docker()
    return docker.listImages({
      _query: {
        all: all ? 1 : undefined,
        filters: Object.keys(filters).length > 0 ? filters : undefined,
        manifests: manifests ? 1 : undefined,
      },
    })
  }

  async tag(source: string, repo: string, tag: string): Promise<void> {
    const docker = await this.#connection.docker()
    await docker.getImage(pathSegment('image', source)).tag({ _query: { repo, tag }, _body: {} })
  }

  async remove(nameOrId: string, { force, prune, platforms }: RemoveImage): Promise<ImageDeletion[]> {
    const docker = await this.#connection.docker()
    return docker.getImage(pathSegment('image', nameOrId)).remove({
      _query: {
        force: force ? 1 : undefined,
        noprune: prune ? undefined : 1,
        platforms: platforms.map((platform) => JSON.stringify(platform)),
      },
    })
  }
}
