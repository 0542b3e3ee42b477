/** One of our own output streams, as the command line's surroundings give it. */
export interface OutputStream {
  readonly isTerminal: boolean
  readonly stream: NodeJS.WriteStream
  /** Writes all of it before returning. */
  write(bytes: Uint8Array): void
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
 * Writes at once: quicker than the process's own streams, whose start takes as long as a short command. A slow reader
 * holds up everything else, so it is only for commands that have nothing else to do then.
 */
export function directTarget(output: OutputStream): OutputTarget {
  return {
    write(bytes, done) {
      output.write(bytes)
      done?.()
      return true
    },
    // It is never full, and fails where it is called.
    on: () => {},
    once: () => {},
  }
}

/** For while signals must be heard: a terminal takes what it gets, a pipe may be full. */
export function patientTarget(output: OutputStream): OutputTarget {
  return output.isTerminal ? directTarget(output) : output.stream
}
