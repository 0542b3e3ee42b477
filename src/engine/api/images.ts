import { type Filters, hasNegated } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { escapePath } from '../../domain/go/url.ts'
import type { ImageDeletion, ImageLayer, ImageSummary } from '../../domain/image/image.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { Platform } from '../../domain/image/platform.ts'
import type { SearchResult } from '../../domain/registry/registry.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import { type Call, type Connection, pathSegment } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'
import type { ListImages } from './list-requests.ts'
import { prune } from './prune.ts'
import { asList, nonEmpty } from './shape.ts'
import { IMAGE_DELETION, IMAGE_LAYER, IMAGE_SUMMARY, PRUNED_IMAGES, SEARCH_RESULT } from './shapes/image.ts'

export interface RemoveImage {
  readonly force: boolean
  /** Whether to delete untagged parents. */
  readonly prune: boolean
  /** The platforms to remove; all when the list is empty. */
  readonly platforms: readonly Platform[]
}

export interface PullImage {
  /** The full name: `docker.io/library/busybox`. */
  readonly repository: string
  /** A tag or a digest; empty for all tags. */
  readonly tag: string
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  /** The X-Registry-Auth header. */
  readonly auth: string
  /** Cancels the pull. */
  readonly signal?: AbortSignal
}

export interface PushImage {
  /** The full name: `docker.io/library/busybox`. */
  readonly repository: string
  /** Empty for all tags. */
  readonly tag: string
  readonly platform: Platform | undefined
  /** The X-Registry-Auth header. */
  readonly auth: string
  /** Cancels the push. */
  readonly signal?: AbortSignal
}

interface PruneResponse {
  readonly ImagesDeleted?: readonly ImageDeletion[] | null
  readonly SpaceReclaimed?: number
}

export interface SearchImages {
  readonly term: string
  /** The maximum number of results; 0 for the registry's default. */
  readonly limit: Int64
  readonly filters: Filters
  /** The X-Registry-Auth header. */
  readonly auth: string
}

/** `/images` of the Engine API. All methods throw EngineError and ConnectionError. */
export class ImageApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(request: ListImages): Promise<ImageSummary[]> {
    if (!hasNegated(request.filters) && !hasDeepPattern(request.filters)) return this.#list(request)
    const { listFilteredImages } = await import('./image-filters.ts')
    return listFilteredImages(request, async (part) => this.#list(part))
  }

  async #list({ all, manifests, filters, signal }: ListImages): Promise<ImageSummary[]> {
    await this.#connection.requireVersion()
    const docker = await this.#connection.docker()
    const response = await docker.listImages({
      _query: {
        all: all ? 1 : undefined,
        filters: nonEmpty(filters),
        manifests: manifests ? 1 : undefined,
      },
      ...(signal === undefined ? {} : { abortSignal: signal }),
    })
    return asList(response, IMAGE_SUMMARY)
  }

  /** @param platform of the variant; unset for the daemon's choice */
  async history(nameOrId: string, platform: Platform | undefined): Promise<ImageLayer[]> {
    const path = `/images/${pathSegment('image', nameOrId)}/history`
    const query = { platform: platform && JSON.stringify(platform) }
    return asList(await this.#connection.json<ImageLayer[]>({ method: 'GET', path, query }), IMAGE_LAYER)
  }

  /** Pulls an image. @returns the daemon's progress messages */
  async pull({ repository, tag, platform, auth, signal }: PullImage): Promise<AsyncIterable<JsonMessage>> {
    const query = { fromImage: repository, tag: tag || undefined, platform: platform || undefined }
    const headers = { 'X-Registry-Auth': auth }
    return this.#messages({ method: 'POST', path: '/images/create', query, headers, ...(signal ? { signal } : {}) })
  }

  /** Pushes an image. @returns the daemon's progress messages */
  async push({ repository, tag, platform, auth, signal }: PushImage): Promise<AsyncIterable<JsonMessage>> {
    const query = { tag: tag || undefined, platform: platform && JSON.stringify(platform) }
    const path = `/images/${escapePath(repository)}/push`
    const headers = { 'X-Registry-Auth': auth }
    return this.#messages({ method: 'POST', path, query, headers, ...(signal ? { signal } : {}) })
  }

  async #messages(call: Call): Promise<AsyncIterable<JsonMessage>> {
    return readJsonStream(await this.#connection.stream(call))
  }

  /** Searches a registry. The results are in the registry's order. */
  async search({ term, limit, filters, auth }: SearchImages): Promise<SearchResult[]> {
    const query = {
      term,
      limit: limit > 0 ? limit : undefined,
      filters: Object.keys(filters).length > 0 ? JSON.stringify(filters) : undefined,
    }
    const headers = { 'X-Registry-Auth': auth }
    const response = await this.#connection.json<SearchResult[]>({
      method: 'GET',
      path: '/images/search',
      query,
      headers,
    })
    return asList(response, SEARCH_RESULT)
  }

  async tag(source: string, repo: string, tag: string): Promise<void> {
    const docker = await this.#connection.docker()
    await docker.getImage(pathSegment('image', source)).tag({ _query: { repo, tag }, _body: {} })
  }

  async remove(nameOrId: string, { force, prune, platforms }: RemoveImage): Promise<ImageDeletion[]> {
    const docker = await this.#connection.docker()
    const response = await docker.getImage(pathSegment('image', nameOrId)).remove({
      _query: {
        force: force ? 1 : undefined,
        noprune: prune ? undefined : 1,
        platforms: platforms.map((platform) => JSON.stringify(platform)),
      },
    })
    return asList(response, IMAGE_DELETION)
  }

  /** Removes unused images; with the filter `dangling`, only untagged ones. */
  async prune(filters: Filters): Promise<PruneReport<ImageDeletion>> {
    const options = { _query: { filters: nonEmpty(filters) }, _body: {} }
    const response = await prune<PruneResponse>(this.#connection, (docker) => docker.pruneImages(options), {
      shape: PRUNED_IMAGES,
      prefix: 'Error retrieving disk usage',
    })
    return { removed: response.ImagesDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }
}

/** Whether a filter of names contains `**`, which daemons do not match across slashes. */
function hasDeepPattern({ reference = {} }: Filters): boolean {
  return Object.keys(reference).some((pattern) => pattern.includes('**'))
}
