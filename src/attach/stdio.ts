/** One of our own output streams, as the command line's surroundings give it. */
export interface OutputStream {
  readonly isTerminal: boolean
  readonly stream: NodeJS.WriteStream
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
