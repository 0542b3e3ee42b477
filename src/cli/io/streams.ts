/** stdin, stdout and stderr as commands use them. */

import { fstatSync, openSync, writeSync } from 'node:fs'
import { codeOf, ExitStatus, systemReason } from '../../domain/errors.ts'
import { toBytes } from '../../domain/go/bytes.ts'
import type { TerminalSize } from '../../domain/terminal-size.ts'
import { isTerminalWithBun, MAX_WRITE, terminalSizeWithBun, writeWithBun } from '../../files/bun-files.ts'

/** Linux's device number of /dev/null: a character device, like a terminal. */
const DEV_NULL = 0x103
/** Linux's major device numbers of pseudo-terminals (admin-guide/devices.txt). */
const PSEUDO_TERMINALS = { first: 136, last: 143 }

/**
 * Tells from a descriptor's stat whether it is a terminal, because loading node:tty takes long. A terminal that has hung
 * up counts as a terminal.
 */
function kindOf(fd: number): 'terminal' | 'other' | 'unknown' {
  try {
    const stat = fstatSync(fd)
    if (!stat.isCharacterDevice() || stat.rdev === DEV_NULL) return 'other'
    const major = stat.rdev >> 8
    const isPseudo = major >= PSEUDO_TERMINALS.first && major <= PSEUDO_TERMINALS.last
    return isLinux() && isPseudo ? 'terminal' : 'unknown'
  } catch {
    return 'other'
  }
}

function isTerminal(fd: number): boolean {
  return isTerminalWithBun(fd) ?? isTerminalByStat(fd)
}

function isTerminalByStat(fd: number): boolean {
  return kindOf(fd) !== 'other' && process.getBuiltinModule('node:tty').isatty(fd)
}

function isLinux(): boolean {
  return process.platform === 'linux'
}

/**
 * Returns a descriptor for the same file whose writes do not block; undefined if there is none. A pipe is opened again,
 * since making the original non-blocking would affect every process that writes to it.
 */
function openNonBlocking(fd: number): number | undefined {
  try {
    const stat = fstatSync(fd)
    if (!stat.isFIFO()) return stat.isSocket() ? undefined : fd
    const { O_NONBLOCK, O_WRONLY } = process.getBuiltinModule('node:fs').constants
    return isLinux() ? openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK) : undefined
  } catch {
    return undefined
  }
}

/** The size of what is no terminal. */
const NO_SIZE: TerminalSize = { columns: 0, rows: 0 }

/** How many writes may be made without loading node:fs, each of at most MAX_WRITE bytes. */
const FEW_WRITES = 16

/** The reader of the output has closed the pipe (`tug ps | head -1`). */
export class BrokenPipeError extends Error {
  override name = 'BrokenPipeError'
}

/** Set for good by the first write that had to wait, and by the first use of a Node stream. */
let isDeferred = false

/**
 * Whether some output may not be written yet: a write had to wait for room in a pipe, where `flush` says when it is done and
 * whether it failed, or the Node stream was used.
 */
export function hasDeferredOutput(): boolean {
  return isDeferred
}

/** stdout or stderr. */
export interface Output {
  readonly isTerminal: boolean
  /** The terminal's size now; zeros if it has hung up or there is no terminal. */
  readonly size: TerminalSize
  /** The terminal's width in columns; 0 if it is unknown or there is no terminal. */
  readonly columns: number
  /** Whether a write has failed, as on a full disk. The error has been reported, and later output is dropped. */
  readonly isLost?: boolean
  /** Writes everything before it returns, unless the disk is full. @throws BrokenPipeError */
  write(text: string | Uint8Array): void
  /**
   * Writes as much as possible without blocking. @returns the number of bytes written; 0 if non-blocking writes are not
   * possible. @throws BrokenPipeError
   */
  writeSome(bytes: Uint8Array): number
  /** The Node stream, for backpressure and resize events. It takes long to create, so nothing else uses it. */
  readonly stream: NodeJS.WriteStream
}

export interface Input {
  readonly isTerminal: boolean
  readonly stream: NodeJS.ReadStream
}

/**
 * Writes directly to the file descriptor, since creating `process.stdout` takes longer than all of `tug ps`. A full
 * non-blocking pipe returns EAGAIN; the write is then repeated until the reader has made room.
 */
export class DescriptorOutput implements Output {
  readonly #fd: 1 | 2
  isLost = false
  #isTerminal: boolean | undefined
  #nonBlockingFd: number | undefined
  #writes = 0
  /** The end of all writes, once one of them had to wait for room in a pipe that does not block. */
  #pending: Promise<void> | undefined

  constructor(fd: 1 | 2) {
    this.#fd = fd
  }

  get isTerminal(): boolean {
    // Whether the terminal has hung up does not matter, because output to it is lost in any case.
    this.#isTerminal ??= isTerminalWithBun(this.#fd) ?? (kindOf(this.#fd) === 'terminal' || isTerminal(this.#fd))
    return this.#isTerminal
  }

  get size(): TerminalSize {
    if (!this.isTerminal) return NO_SIZE
    const { columns = 0, rows = 0 } = terminalSizeWithBun(this.#fd) ?? this.stream
    return { columns, rows }
  }

  get columns(): number {
    return this.size.columns
  }

  get stream(): NodeJS.WriteStream {
    isDeferred = true
    return this.#fd === 1 ? process.stdout : process.stderr
  }

  writeSome(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0
    this.#nonBlockingFd ??= openNonBlocking(this.#fd)
    if (this.#nonBlockingFd === undefined) return 0
    try {
      return writeSync(this.#nonBlockingFd, bytes)
    } catch (error) {
      if (codeOf(error) === 'EPIPE') throw new BrokenPipeError('broken pipe', { cause: error })
      if (codeOf(error) !== 'EAGAIN') throw error
      return 0
    }
  }

  write(text: string | Uint8Array): void {
    const bytes = typeof text === 'string' ? toBytes(text) : text
    const writing = this.#pending?.then(() => this.#writeAll(bytes)) ?? this.#writeAll(bytes)
    if (writing === undefined) return
    isDeferred = true
    this.#pending = writing
  }

  /** Writes all bytes. @returns the end of the write if it has to wait for room in a pipe */
  #writeAll(bytes: Uint8Array): Promise<void> | undefined {
    let rest = bytes
    while (rest.length > 0 && !this.isLost) {
      try {
        const written = this.#writePart(rest)
        if (typeof written !== 'number') return this.#finish(written, rest)
        rest = rest.subarray(written)
      } catch (error) {
        this.#handle(error)
      }
    }
    return undefined
  }

  /** Writes the beginning of bytes. @returns the number of bytes that are written, or a promise of it */
  #writePart(bytes: Uint8Array): number | Promise<number> {
    // A long stream is written with node:fs, which takes less time for each write.
    const areFew = this.#writes + bytes.length / MAX_WRITE < FEW_WRITES
    this.#writes++
    return (areFew && writeWithBun(this.#fd, bytes)) || writeSync(this.#fd, bytes)
  }

  /** Waits for a write of some bytes to end, and writes those that are left. */
  async #finish(writing: Promise<number>, bytes: Uint8Array): Promise<void> {
    let written = 0
    try {
      written = await writing
    } catch (error) {
      this.#handle(error)
    }
    await this.#writeAll(bytes.subarray(written))
  }

  /** Handles the error of a write. It returns when the write can be repeated or the output is lost. */
  #handle(error: unknown): void {
    if (codeOf(error) === 'EPIPE') throw new BrokenPipeError('broken pipe', { cause: error })
    if (codeOf(error) === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    else this.#reportLoss(error)
  }

  /** Waits for what a full pipe could not take at once. @throws BrokenPipeError */
  async flush(): Promise<void> {
    await this.#pending
  }

  /**
   * Reports once on stderr that output is lost. As in docker, a full disk neither ends the command nor changes its exit
   * code, because the command itself succeeded.
   */
  #reportLoss(error: unknown): void {
    this.isLost = true
    if (this.#fd === 1) new DescriptorOutput(2).write(`write /dev/stdout: ${systemReason(error)}\n`)
  }
}

/** Fails if output was lost. Only those commands use it that exit with 1 in docker. @throws ExitStatus 1 */
export function requireWritten({ isLost }: Output): void {
  if (isLost) throw new ExitStatus(1)
}

export class ProcessInput implements Input {
  #isTerminal: boolean | undefined
  #stream: NodeJS.ReadStream | undefined

  get isTerminal(): boolean {
    this.#isTerminal ??= isTerminal(0)
    return this.#isTerminal
  }

  get stream(): NodeJS.ReadStream {
    this.#stream ??= keepEnd(process.stdin)
    return this.#stream
  }
}

/**
 * Keeps Bun from losing the end of stdin. If a pipe ends while stdin is paused and has unread data, Bun's own listener for
 * `resume` makes the stream forget that, and `end` is never emitted: `cat file | tug run -i` would hang
 * (github.com/oven-sh/bun/pull/43100). Whatever else the listener does, `resume()` does as well.
 */
function keepEnd(stdin: NodeJS.ReadStream): NodeJS.ReadStream {
  return 'Bun' in globalThis ? stdin.removeAllListeners('resume') : stdin
}
