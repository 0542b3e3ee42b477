/** A mistyped word, and the known words it could be. */
export interface Similar {
  readonly typed: string
  readonly known: readonly string[]
  /** Whether it is the first word of the command line, where a command was expected. */
  readonly isFirstWord?: boolean
}

/** The command line is invalid. The message is docker's, including the lines about usage. */
export class UsageError extends Error {
  readonly exitCode: number
  /** The words that a suggestion may come from, on a terminal. */
  readonly similar: Similar | undefined
  /** A hint, if it is known without further requests. */
  readonly hint: string

  constructor(message: string, options: { exitCode: number; similar?: Similar; hint?: string }) {
    super(message)
    this.name = 'UsageError'
    this.exitCode = options.exitCode
    this.hint = options.hint ?? ''
    this.similar = options.similar
  }
}

/** The daemon refused the request. `message` is the daemon's. */
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

/** The daemon cannot be reached. `message` is docker's and names the endpoint. */
export class ConnectionError extends Error {
  readonly hint: string

  constructor(message: string, hint = '') {
    super(message)
    this.name = 'ConnectionError'
    this.hint = hint
  }
}

/** The body of a response ended before it was complete, or is malformed. */
export class TruncatedResponseError extends Error {
  override name = 'TruncatedResponseError'
}

/** The remote host could not be reached over ssh. The message is docker's, and includes the output of ssh. */
export class SshError extends Error {
  override name = 'SshError'
}

/** Ends the command with an exit code and possibly a message: the exit code of the container, or docker's 125. */
export class ExitStatus extends Error {
  readonly exitCode: number
  readonly hint: string

  /** @param message printed on stderr as it is; may be empty */
  constructor(exitCode: number, message = '', hint = '') {
    super(message)
    this.name = 'ExitStatus'
    this.exitCode = exitCode
    this.hint = hint
  }
}

/**
 * Returns the message of a thrown value, which need not be an Error. A failed system call is worded as Go words it, because
 * users must not see the sentences of the JavaScript runtime.
 */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const call = SYSTEM_CALL_MESSAGE.test(error.message) ? textMember(error, 'syscall') : ''
  if (call === '') return error.message
  // A rename has two paths, which Go names both.
  const path = [textMember(error, 'path'), textMember(error, 'dest')].filter((part) => part !== '').join(' ')
  return pathErrorText(GO_CALLS[call] ?? call, path, error).replace(' : ', ': ')
}

/** Matches Node's message for a failed system call: `EACCES: permission denied, open '/x'`. */
const SYSTEM_CALL_MESSAGE = /^E[A-Z0-9]+: /

/** The names that Go gives to Node's system calls. */
const GO_CALLS: Readonly<Record<string, string>> = {
  scandir: 'open',
  opendir: 'open',
  rmdir: 'unlinkat',
  rm: 'unlinkat',
}

function textMember(error: Error, name: string): string {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value
  return typeof value === 'string' ? value : ''
}

/** Returns the text that docker prints for an error, without a hint. */
export function describeError(error: unknown): string {
  // The runtime's stack is smaller than Go's, whose limit for nested data is 10,000 levels.
  if (error instanceof RangeError && /call stack/i.test(error.message)) return 'exceeded max depth'
  return error instanceof EngineError ? `Error response from daemon: ${error.message}` : messageOf(error)
}

/** Returns the hint that the error itself carries; empty for none. */
export function hintOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof ExitStatus) return error.hint
  return error instanceof EngineError || error instanceof ConnectionError ? error.hint : ''
}

/** Returns the system error code, such as `ENOENT`; undefined if there is none. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

const SYSTEM_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EBUSY: 'device or resource busy',
  EDQUOT: 'disk quota exceeded',
  EEXIST: 'file exists',
  EFBIG: 'file too large',
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
  ETXTBSY: 'text file busy',
  EXDEV: 'invalid cross-device link',
}

/** Returns the reason of a system error in Go's words, which scripts match. */
export function systemReason(error: unknown): string {
  return SYSTEM_REASONS[codeOf(error) ?? ''] ?? (error instanceof Error ? error.message : String(error))
}

/** Returns the message of a failed system call as Go words it: `open /a/b: permission denied`. */
export function pathErrorText(operation: string, path: string, error: unknown): string {
  const reason = systemReason(error)
  // Node writes its error code before the reason and the system call after it.
  return `${operation} ${path}: ${/^E[A-Z0-9]+: ([^,]+)/.exec(reason)?.[1] ?? reason}`
}
