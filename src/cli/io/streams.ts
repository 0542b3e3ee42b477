import { constants, fstatSync, openSync, writeSync } from 'node:fs'
import { codeOf, ExitStatus, systemReason } from '../../domain/errors.ts'

const { O_NONBLOCK, O_WRONLY } = constants

/** Linux's device number of /dev/null: a character device, like a terminal. */
const DEV_NULL = 0x103
/** Linux's major device numbers of the terminals that windows and ssh have (its admin-guide/devices.txt). */
const PSEUDO_TERMINALS = { first: 136, last: 143 }

/**
 * What a look at a descriptor tells of whether it is a terminal, without loading node:tty, which takes long. One that has
 * hung up looks like one that is there.
 */
function lookAt(fd: number): 'terminal' | 'other' | 'unknown' {
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
  return lookAt(fd) !== 'other' && process.getBuiltinModule('node:tty').isatty(fd)
}

function isLinux(): boolean {
  return process.platform === 'linux'
}

/**
 * A descriptor that writes to the same place and never waits; undefined where there is none. A pipe is opened anew:
 * setting our own to non-blocking would do so for everybody who writes to it.
 */
function withoutWaiting(fd: number): number | undefined {
  try {
    const stat = fstatSync(fd)
    if (!stat.isFIFO()) return stat.isSocket() ? undefined : fd
    return isLinux() ? openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK) : undefined
  } catch {
    return undefined
  }
}

/** The reader of our output has gone away (`tug ps | head -1`); nothing more can be said to it. */
export class BrokenPipeError extends Error {
  override name = 'BrokenPipeError'
}

/** One of stdout and stderr. */
export interface Output {
  readonly isTerminal: boolean
  /** The terminal's width in columns; 0 off a terminal, and where the terminal does not say. */
  readonly columns: number
  /** Whether output could not be written and said so, as on a full disk; what follows is dropped. */
  readonly isLost?: boolean
  /** Writes all of it before returning, or as much as the disk has room for. @throws BrokenPipeError */
  write(text: string | Uint8Array): void
  /**
   * Writes what is taken without waiting, and returns how many bytes that is: all of them where nothing ever waits, none
   * where there is no telling. @throws BrokenPipeError
   */
  writeSome(bytes: Uint8Array): number
  /** The stream itself, for piping with backpressure and for resize events. Costly to start: only where data flows. */
  readonly stream: NodeJS.WriteStream
}

export interface Input {
  readonly isTerminal: boolean
  readonly stream: NodeJS.ReadStream
}

/**
 * Writes straight to the file descriptor: starting `process.stdout` takes longer than all of `tug ps`.
 * A pipe that is full and non-blocking responses EAGAIN; then we wait for its reader.
 */
export class DescriptorOutput implements Output {
  readonly #fd: 1 | 2
  isLost = false
  #isTerminal: boolean | undefined
  #impatientFd: number | undefined

  constructor(fd: 1 | 2) {
    this.#fd = fd
  }

  get isTerminal(): boolean {
    // What is written to a terminal that has hung up is lost in any case.
    this.#isTerminal ??= lookAt(this.#fd) === 'terminal' || isTerminal(this.#fd)
    return this.#isTerminal
  }

  get columns(): number {
    return this.isTerminal ? (this.stream.columns ?? 0) : 0
  }

  get stream(): NodeJS.WriteStream {
    return this.#fd === 1 ? process.stdout : process.stderr
  }

  writeSome(bytes: Uint8Array): number {
    if (bytes.length === 0) return 0
    this.#impatientFd ??= withoutWaiting(this.#fd)
    if (this.#impatientFd === undefined) return 0
    try {
      return writeSync(this.#impatientFd, bytes)
    } catch (error) {
      if (codeOf(error) === 'EPIPE') throw new BrokenPipeError('broken pipe', { cause: error })
      if (codeOf(error) !== 'EAGAIN') throw error
      return 0
    }
  }

  write(text: string | Uint8Array): void {
    let rest = typeof text === 'string' ? Buffer.from(text) : text
    while (rest.length > 0 && !this.isLost) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest))
      } catch (error) {
        if (codeOf(error) === 'EPIPE') throw new BrokenPipeError('broken pipe', { cause: error })
        if (codeOf(error) === 'EAGAIN') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
        else this.#giveUp(error)
      }
    }
  }

  /**
   * A disk that is full ends neither docker's work nor changes its exit code: what was asked for is done. We say on
   * stderr, once, that the output is lost.
   */
  #giveUp(error: unknown): void {
    this.isLost = true
    if (this.#fd === 1) new DescriptorOutput(2).write(`write /dev/stdout: ${systemReason(error)}\n`)
  }
}

/** For the few commands whose output is all that they are for, as docker has it. @throws ExitStatus when it was lost */
export function requireWritten({ isLost }: Output): void {
  if (isLost) throw new ExitStatus(1)
}

export class ProcessInput implements Input {
  #isTerminal: boolean | undefined

  get isTerminal(): boolean {
    this.#isTerminal ??= isTerminal(0)
    return this.#isTerminal
  }

  get stream(): NodeJS.ReadStream {
    return process.stdin
  }
}
