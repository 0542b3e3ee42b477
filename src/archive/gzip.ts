import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

/** Compresses an archive. A failure to read it ends the compressed stream with the same error. */
export function gzipArchive(archive: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Readable {
  return pipeline(Readable.from(archive, { objectMode: false }), createGzip(), () => {})
}
