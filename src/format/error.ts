/** A format that cannot be parsed, or that does not fit the data. The message is docker's. */
export class FormatError extends Error {
  override readonly name = 'FormatError'
  /** The exit code: 64 when a template of `inspect`, `info`, `events` or `version` cannot be parsed, or else 1. */
  readonly exitCode: 1 | 64

  constructor(message: string, exitCode: 1 | 64 = 1) {
    super(message)
    this.exitCode = exitCode
  }
}
