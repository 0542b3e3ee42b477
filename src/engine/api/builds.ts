import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { Connection, Query } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'

export interface StartBuild {
  readonly query: Query
  /** A tar archive, compressed or not. */
  readonly context: AsyncIterable<Uint8Array>
  /** The X-Registry-Config header. */
  readonly registryConfig: string
  readonly signal: AbortSignal
}

/**
 * `POST /build` of the Engine API. Its callers create it from `Engine.connection`, so that other commands do not load
 * it.
 */
export class BuildApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Builds an image with the classic builder. The daemon cancels the build when the connection closes.
   * @returns the builder's messages, once the daemon has begun the response; they throw an Error when the connection
   * breaks
   * @throws EngineError ConnectionError
   */
  async start({ query, context, registryConfig, signal }: StartBuild): Promise<AsyncGenerator<JsonMessage>> {
    const response = await this.#connection.stream({
      method: 'POST',
      path: '/build',
      query,
      upload: context,
      signal,
      headers: { 'Content-Type': 'application/x-tar', 'X-Registry-Config': registryConfig },
    })
    return readJsonStream(response)
  }
}
