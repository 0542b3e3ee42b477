import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { Connection, Query } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'

export interface StartBuild {
  readonly query: Query
  /** A tar archive, maybe compressed. */
  readonly context: NodeJS.ReadableStream
  /** The X-Registry-Config header. */
  readonly registryConfig: string
  readonly signal: AbortSignal
}

/**
 * Builds an image with the classic builder. The daemon gives up the build when the connection closes.
 * @returns what the builder says, once it has begun
 * @throws EngineError ConnectionError; the messages end with an Error when the connection breaks off
 */
export async function startBuild(
  connection: Connection,
  { query, context, registryConfig, signal }: StartBuild,
): Promise<AsyncGenerator<JsonMessage>> {
  const response = await connection.stream({
    method: 'POST',
    path: '/build',
    query,
    upload: context,
    signal,
    headers: { 'Content-Type': 'application/x-tar', 'X-Registry-Config': registryConfig },
  })
  return readJsonStream(response)
}
