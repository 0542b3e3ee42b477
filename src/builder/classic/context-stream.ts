import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { TransferDisplay } from '../../format/progress/transfer.ts'
import type { BuildSource } from '../context/source.ts'

/**
 * The build context as the request sends it, shown while it goes.
 * @param isTerminal whether the line must be ended even where docker leaves it open
 */
export function contextStream(
  source: BuildSource,
  { isCompressed, display, isTerminal }: { isCompressed: boolean; display: TransferDisplay; isTerminal: boolean },
): Readable {
  const archive = isCompressed ? compressed(source.archive) : source.archive
  return Readable.from(display.watch(archive, isTerminal || !source.isForwarded), { objectMode: false })
}

/** A failure to read the context ends the compressed stream with the same error. */
function compressed(archive: BuildSource['archive']): AsyncIterable<Buffer> {
  return pipeline(Readable.from(archive, { objectMode: false }), createGzip(), () => {})
}
