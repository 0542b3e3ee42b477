import { decodeUtf8 } from '../../domain/go/bytes.ts'
import { CompleteBody } from './http-body.ts'

/** Reads a whole stream as text. node:stream/consumers has the same function, but takes long to load. */
export async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/**
 * Reads a stream as text up to a limit, and then closes it.
 * @param limit in bytes
 * @returns the text, or undefined when the stream reaches the limit
 */
export async function readBoundedText(stream: AsyncIterable<Uint8Array>, limit: number): Promise<string | undefined> {
  if (stream instanceof CompleteBody) return stream.bytes.length >= limit ? undefined : decodeUtf8(stream.bytes)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size >= limit) return undefined
    chunks.push(chunk)
  }
  return size === 0 ? '' : Buffer.concat(chunks).toString()
}

/** Reads a stream as text until it ends or fails. @returns the text, and the error if it failed */
export async function readAvailableText(stream: AsyncIterable<Uint8Array>): Promise<{ text: string; failure?: Error }> {
  if (stream instanceof CompleteBody) return { text: decodeUtf8(stream.bytes) }
  const chunks: Uint8Array[] = []
  const text = () => Buffer.concat(chunks).toString()
  try {
    for await (const chunk of stream) chunks.push(chunk)
    return { text: text() }
  } catch (error) {
    return { text: text(), failure: error instanceof Error ? error : new Error(String(error)) }
  }
}
