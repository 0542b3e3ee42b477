/** What was typed, and what could have been meant by it. */
export interface Similar {
  readonly typed: string
  readonly known: readonly string[]
}

/** What a person typed cannot be understood. The message is docker's, with the lines about usage that follow it. */
export class UsageError extends Error {
  readonly exitCode: number
  /** Where a suggestion may be found, for a terminal. */
  readonly similar: Similar | undefined
  /** What there is to try, where that is known without looking for it. */
  readonly hint: string

  constructor(message: string, options: { exitCode: number; similar?: Similar; hint?: string }) {
    super(message)
    this.name = 'UsageError'
    this.exitCode = options.exitCode
    this.hint = options.hint ?? ''
    this.similar = options.similar
  }
}

/** The daemon understood the request and refused it. `message` is the daemon's own; `hint` says what to try. */
export class EngineError extends Error {
  readonly statusCode: number
  readonly hint: string

  constructor(message: string, statusCode: number, hint = '') {
    super(message)
    this.name = 'EngineError'
    this.statusCode = statusCode
    this.hint = hint
  }

  get isNotFound(): boolean {
    return this.statusCode === 404
  }
}

/** The daemon cannot be talked to. `message` names the endpoint in docker's words; `hint` says what to try. */
export class ConnectionError extends Error {
  readonly hint: string

  constructor(message: string, hint = '') {
    super(message)
    this.name = 'ConnectionError'
    this.hint = hint
  }
}

/** The daemon went away in the middle of its response. */
export class TruncatedResponseError extends Error {
  override name = 'TruncatedResponseError'
}

/** The remote end could not be reached over ssh; the message is docker's, with what ssh printed. */
export class SshError extends Error {
  override name = 'SshError'
}

/** A command that ends with a status and, possibly, a message: the container's exit code, or docker's own 125. */
export class ExitStatus extends Error {
  readonly exitCode: number
  readonly hint: string

  /** @param message printed on stderr as it is; empty when the status says it all */
  constructor(exitCode: number, message = '', hint = '') {
    super(message)
    this.name = 'ExitStatus'
    this.exitCode = exitCode
    this.hint = hint
  }
}

/** The error's text, for values that JavaScript lets anyone throw. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The system's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'file exists',
  EIO: 'input/output error',
  EISDIR: 'is a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
  ENOENT: 'no such file or directory',
  ENOEXEC: 'exec format error',
  ENOSPC: 'no space left on device',
  ENOTDIR: 'not a directory',
  EPERM: 'operation not permitted',
  EPIPE: 'broken pipe',
  EROFS: 'read-only file system',
}

/** Why the system refused, in the words that Go prints and scripts match. */
export function systemReason(error: unknown): string {
  return SYSTEM_REASONS[codeOf(error) ?? ''] ?? messageOf(error)
}

/** A failed system call as Go words it: `open /a/b: permission denied`. */
export function pathErrorText(operation: string, path: string, error: unknown): string {
  const reason = systemReason(error)
  // Node puts its own code before the system's words and the call behind them.
  return `${operation} ${path}: ${/^E[A-Z0-9]+: ([^,]+)/.exec(reason)?.[1] ?? reason}`
}
