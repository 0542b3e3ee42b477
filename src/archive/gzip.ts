import type { Readable } from 'node:stream'

/**
 * Compresses an archive. A failure to read it ends the compressed stream with the same error. Node's streams are loaded by
 * the call, because most archives are not compressed.
 */
export function gzipArchive(archive: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Readable {
  const { pipeline, Readable } = process.getBuiltinModule('node:stream')
  const { createGzip } = process.getBuiltinModule('node:zlib')
  return pipeline(Readable.from(archive, { objectMode: false }), createGzip(), () => {})
}
