import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { codeOf, pathErrorText } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { blobPath, parseDigest } from './digest.ts'
import { createRefusal } from './refusal.ts'

/** A blob of an OCI layout. */
export interface Blob {
  readonly path: string
  readonly size: number
  readonly changed: Date
}

/**
 * Finds a blob.
 * @param digest the digest that the daemon sent; it is validated before it becomes a path
 * @throws GrpcError
 */
export function findBlob(directory: string, digest: string): Blob {
  const parsed = parseDigest(digest)
  if (!parsed) throw createRefusal('invalidArgument', `${goQuote(digest)} failed validation`)
  const path = blobPath(directory, parsed)
  const stats = statsOf(path)
  if (!stats?.isFile()) throw createRefusal('notFound', `content ${digest}: not found`)
  return { path, size: stats.size, changed: stats.mtime }
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw createRefusal('unknown', pathErrorText('stat', path, error))
  }
}

/**
 * Reads a range of a blob in chunks.
 * @param start the offset of the first byte
 * @param end the offset after the last byte; reading stops earlier when the file has become shorter
 * @param maxLength the maximum length of a chunk in bytes
 * @throws GrpcError
 */
export function* readBlob({ path }: Blob, start: number, end: number, maxLength: number): Generator<Buffer> {
  const file = openBlob(path)
  try {
    for (let at = start; at < end; ) {
      const chunk = Buffer.allocUnsafe(Math.min(maxLength, end - at))
      const length = readSync(file, chunk, { position: at })
      if (length === 0) return
      yield chunk.subarray(0, length)
      at += length
    }
  } finally {
    closeSync(file)
  }
}

function openBlob(path: string): number {
  try {
    return openSync(path, 'r')
  } catch (error) {
    throw createRefusal('unknown', pathErrorText('open', path, error))
  }
}
