/** A format that cannot be read, or that does not fit what it is applied to; the message is docker's. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  /** The exit code: 64 where a template of `inspect` or `version` cannot be read, else 1. */
  readonly exitCode: 1 | 64

  constructor(message: string, exitCode: 1 | 64 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
