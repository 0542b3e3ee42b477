import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { TransferDisplay } from '../../format/progress/transfer.ts'
import type { BuildSource } from '../context/source.ts'

/**
 * Returns the build context as the body of the request, and displays the progress while it is read.
 * @param isTerminal whether the progress line is ended even where docker leaves it open
 */
export function createContextStream(
  source: BuildSource,
  { isCompressed, display, isTerminal }: { isCompressed: boolean; display: TransferDisplay; isTerminal: boolean },
): Readable {
  const archive = isCompressed ? compress(source.archive) : source.archive
  return Readable.from(display.watch(archive, isTerminal || !source.isForwarded), { objectMode: false })
}

/** Compresses the archive. A failure to read it ends the compressed stream with the same error. */
function compress(archive: BuildSource['archive']): AsyncIterable<Buffer> {
  return pipeline(Readable.from(archive, { objectMode: false }), createGzip(), () => {})
}
