import { gzipArchive } from '../../archive/gzip.ts'
import type { TransferDisplay } from '../../format/progress/transfer.ts'
import type { BuildSource } from '../context/source.ts'

/**
 * Returns the build context as the body of the request, and displays the progress while it is read.
 * @param isTerminal whether the progress line is ended even where docker leaves it open
 */
export function createContextStream(
  source: BuildSource,
  { isCompressed, display, isTerminal }: { isCompressed: boolean; display: TransferDisplay; isTerminal: boolean },
): AsyncIterable<Uint8Array> {
  const archive = isCompressed ? gzipArchive(source.archive) : source.archive
  return display.watch(archive, isTerminal || !source.isForwarded)
}
