import type { Output } from '../../src/cli/io/streams.ts'

/** An output that records what is written to it. */
export interface RecordingOutput extends Output {
  readonly text: string
  /** The number of writes. */
  readonly writes: number
}

/** @param isTerminal whether it is a terminal of 80 columns */
export function recordingOutput(isTerminal = false): RecordingOutput {
  const written: Uint8Array[] = []
  return {
    isTerminal,
    size: isTerminal ? { columns: 80, rows: 24 } : { columns: 0, rows: 0 },
    columns: isTerminal ? 80 : 0,
    write: (text) => {
      written.push(Buffer.from(text))
    },
    writeSome: (bytes) => {
      written.push(Buffer.from(bytes))
      return bytes.length
    },
    get text() {
      return Buffer.concat(written).toString()
    },
    get writes() {
      return written.length
    },
    get stream(): NodeJS.WriteStream {
      throw new Error('this output has no stream')
    },
  }
}
