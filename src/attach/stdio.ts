import { Writable } from 'node:stream'

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

/**
 * Takes a container's output and writes it at once: quicker than the process's own streams, whose start takes as long
 * as a short command. It waits for a slow reader with everything else, so it is only for commands that have nothing
 * else to do then.
 */
export function directTarget(output: OutputStream): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk: Uint8Array, _, done) {
      try {
        output.write(chunk)
        done()
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
}

/** Takes a container's output while signals must be heard: a terminal takes what it gets, a pipe may be full. */
export function patientTarget(output: OutputStream): Writable {
  return output.isTerminal ? directTarget(output) : output.stream
}
