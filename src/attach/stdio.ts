/** One of our own output streams, as the command line's environment give it. */
export interface OutputStream {
  readonly isTerminal: boolean
  readonly stream: NodeJS.WriteStream
  /** Writes what is taken without waiting, and returns how many bytes that is. */
  writeSome(bytes: Uint8Array): number
}

export interface InputStream {
  readonly isTerminal: boolean
  readonly stream: NodeJS.ReadStream
}

/** Where a connection's bytes come from and go to. */
export interface Stdio {
  readonly in: InputStream
  readonly out: OutputStream
  readonly err: OutputStream
}

/** What a container's output is written to: a stream, or as much of one as copying needs. */
export interface OutputTarget {
  /** False when it is full, until `drain`. */
  write(bytes: Uint8Array, done?: () => void): boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'drain', listener: () => void): unknown
}

/**
 * Writes to one of our own streams without ever waiting in the write: signals must be heard while a reader is slow.
 * As long as the reader keeps up, the process's own stream is left alone; its start takes as long as a short command.
 */
export function outputTarget(output: OutputStream): OutputTarget {
  const failed: ((error: Error) => void)[] = []
  let isFull = false
  return {
    write(bytes, done) {
      const written = isFull ? 0 : output.writeSome(bytes)
      if (written < bytes.length && !isFull) {
        isFull = true
        for (const listener of failed) output.stream.on('error', listener)
      }
      if (isFull) return output.stream.write(bytes.subarray(written), done)
      done?.()
      return true
    },
    on(_, listener) {
      if (isFull) output.stream.on('error', listener)
      else failed.push(listener)
    },
    once: (_, listener) => output.stream.once('drain', listener),
  }
}
