import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { Platform } from '../../domain/image/platform.ts'
import type { Connection } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'

export interface SaveImages {
  readonly images: readonly string[]
  /** Save only these; all when there are none. */
  readonly platforms: readonly Platform[]
  readonly signal: AbortSignal
}

export interface LoadImages {
  /** A tar archive, maybe compressed. */
  readonly archive: NodeJS.ReadableStream
  readonly quiet: boolean
  readonly platforms: readonly Platform[]
  readonly signal: AbortSignal
}

export interface ImportImage {
  /** A URL that the daemon is to get the archive from, or `-` where it is sent. */
  readonly source: string
  readonly archive: NodeJS.ReadableStream | undefined
  /** As typed; empty for an image without a name. */
  readonly reference: string
  readonly message: string
  /** Dockerfile instructions. */
  readonly changes: readonly string[]
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  readonly signal: AbortSignal
}

/** Images with their layers, as a tar archive. @throws EngineError ConnectionError */
export function saveImages(
  connection: Connection,
  { images, platforms, signal }: SaveImages,
): Promise<AsyncIterable<Uint8Array>> {
  const query = { names: images, platform: platforms.map((platform) => JSON.stringify(platform)) }
  return connection.stream({ method: 'GET', path: '/images/get', query, signal })
}

/**
 * Loads what was saved.
 * @returns what the daemon says: messages, or, of some daemons, text
 * @throws EngineError ConnectionError; the archive's own error
 */
export async function loadImages(
  connection: Connection,
  { archive, quiet, platforms, signal }: LoadImages,
): Promise<{ messages: AsyncIterable<JsonMessage> } | { text: AsyncIterable<Uint8Array> }> {
  const response = await connection.respond({
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

/** Makes an image of a file system in an archive. @throws EngineError ConnectionError; the archive's own error */
export async function importImage(
  connection: Connection,
  { source, archive, reference, message, changes, platform, signal }: ImportImage,
): Promise<AsyncIterable<JsonMessage>> {
  const response = await connection.stream({
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
