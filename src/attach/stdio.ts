import type { TerminalSize } from '../domain/terminal-size.ts'

/** stdout or stderr of our process. */
export interface OutputStream {
  readonly isTerminal: boolean
  /** The terminal's size in characters; zeros without a terminal. */
  readonly size: TerminalSize
  readonly stream: NodeJS.WriteStream
  /** Writes as much as is accepted without waiting. @returns the number of bytes written */
  writeSome(bytes: Uint8Array): number
}

/** stdin of our process. */
export interface InputStream {
  readonly isTerminal: boolean
  readonly stream: NodeJS.ReadStream
}

/** The standard streams of our process, which are connected to a container. */
export interface Stdio {
  readonly in: InputStream
  readonly out: OutputStream
  readonly err: OutputStream
}

/** The part of a writable stream that copying output needs. */
export interface OutputTarget {
  /** Returns false when the buffer is full, until the `drain` event. */
  write(bytes: Uint8Array, done?: () => void): boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'drain', listener: () => void): unknown
}

/**
 * Returns a target that writes to stdout or stderr without blocking, so that signals are handled while the reader is
 * slow. The Node stream is only created when the reader is slow, because creating it takes as long as a short command.
 */
export function outputTarget(output: OutputStream): OutputTarget {
  const errorListeners: ((error: Error) => void)[] = []
  let isFull = false
  return {
    write(bytes, done) {
      const written = isFull ? 0 : output.writeSome(bytes)
      if (written < bytes.length && !isFull) {
        isFull = true
        for (const listener of errorListeners) output.stream.on('error', listener)
      }
      if (isFull) return output.stream.write(bytes.subarray(written), done)
      done?.()
      return true
    },
    on(_, listener) {
      if (isFull) output.stream.on('error', listener)
      else errorListeners.push(listener)
    },
    once: (_, listener) => output.stream.once('drain', listener),
  }
}
