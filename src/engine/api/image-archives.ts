import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { Platform } from '../../domain/image/platform.ts'
import type { Connection } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'

export interface SaveImages {
  readonly images: readonly string[]
  /** The platforms to save; all when the list is empty. */
  readonly platforms: readonly Platform[]
  readonly signal: AbortSignal
}

export interface LoadImages {
  /** A tar archive, compressed or not. */
  readonly archive: AsyncIterable<Uint8Array>
  readonly quiet: boolean
  /** The platforms to load; all when the list is empty. */
  readonly platforms: readonly Platform[]
  readonly signal: AbortSignal
}

export interface ImportImage {
  /** The URL from which the daemon downloads the archive, or `-` when the archive is the request's body. */
  readonly source: string
  readonly archive: AsyncIterable<Uint8Array> | undefined
  /** As typed; empty for an image without a name. */
  readonly reference: string
  readonly message: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  readonly signal: AbortSignal
}

/**
 * The part of `/images` of the Engine API that transfers archives. Its callers create it from `Engine.connection`, so
 * that other commands do not load it. All methods throw EngineError and ConnectionError.
 */
export class ImageArchiveApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** Has the next request use the first API version that takes several platforms, if there are several. */
  async #prepareFor(platforms: readonly Platform[]): Promise<void> {
    if (platforms.length > 1) await this.#connection.useAtLeast('1.52')
  }

  /** Returns images with their layers as a tar archive. */
  async save({ images, platforms, signal }: SaveImages): Promise<AsyncIterable<Uint8Array>> {
    await this.#prepareFor(platforms)
    const query = { names: images, platform: platforms.map((platform) => JSON.stringify(platform)) }
    return this.#connection.stream({ method: 'GET', path: '/images/get', query, signal })
  }

  /**
   * Loads images from an archive that `save` wrote.
   * @returns the daemon's messages, or plain text, which some daemons send instead
   * @throws the error of the archive's stream
   */
  async load({
    archive,
    quiet,
    platforms,
    signal,
  }: LoadImages): Promise<{ messages: AsyncIterable<JsonMessage> } | { text: AsyncIterable<Uint8Array> }> {
    await this.#prepareFor(platforms)
    const response = await this.#connection.respond({
      method: 'POST',
      path: '/images/load',
      query: { quiet: quiet ? 1 : 0, platform: platforms.map((platform) => JSON.stringify(platform)) },
      upload: archive,
      headers: { 'Content-Type': 'application/x-tar' },
      signal,
    })
    const isJson = response.header('content-type') === 'application/json'
    return isJson ? { messages: readJsonStream(response.body) } : { text: response.body }
  }

  /** Creates an image from an archive of a file system. @throws the error of the archive's stream */
  async import(image: ImportImage): Promise<AsyncIterable<JsonMessage>> {
    const { source, archive, reference, message, changes, platform, signal } = image
    const response = await this.#connection.stream({
      method: 'POST',
      path: '/images/create',
      query: {
        changes,
        fromSrc: source,
        message: message || undefined,
        platform: platform.toLowerCase() || undefined,
        repo: reference || undefined,
      },
      ...(archive && { upload: archive, headers: { 'Content-Type': 'text/plain' } }),
      signal,
    })
    return readJsonStream(response)
  }
}
