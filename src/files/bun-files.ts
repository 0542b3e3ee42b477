/**
 * What tug does with files in every start, with Bun's own functions. In the executable, loading node:fs takes a tenth of the
 * time of `tug ps`. In Node, and for other kinds of files, each function returns a value that leaves it to Node's modules.
 */
import { codeOf } from '../domain/errors.ts'
import type { TerminalSize } from '../domain/terminal-size.ts'

/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface Bun {
  file(file: string | number): { readonly size: number; writer(): Sink }
  mmap(path: string, options: { shared: boolean }): Uint8Array
  write(file: unknown, bytes: Uint8Array): Promise<number>
  readonly peek: ((promise: Promise<unknown>) => unknown) & {
    status(promise: Promise<unknown>): 'pending' | 'fulfilled' | 'rejected'
  }
}

/** Writes to a duplicate of a descriptor. */
interface Sink {
  write(bytes: Uint8Array): number | Promise<number>
  flush(): number | Promise<number>
}

/** The size that Bun reports for what is not a regular file: a pipe, a socket or a device. */
const NOT_REGULAR = Number.POSITIVE_INFINITY

/** The bytes that a pipe accepts all at once or not at all: PIPE_BUF of Linux, and less than that of macOS's buffers. */
export const MAX_WRITE = 4096

/**
 * Reads a regular file.
 * @param maxSize the size in bytes from which on the file is left to node:fs
 * @throws the error of the system call for a file that does not exist
 */
export function readWithBun(path: string, maxSize: number): Uint8Array | undefined {
  const bun = runtime()
  if (bun === undefined) return undefined
  try {
    const bytes = bun.mmap(path, { shared: false })
    // The bytes are copied at once, since a mapping of a file that becomes shorter cannot be read.
    return bytes.length > maxSize ? undefined : bytes.slice()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw error
    return undefined
  }
}

/** Returns true if a path does not exist; false if it exists, or if node:fs has to find that out. */
export function isMissingWithBun(path: string): boolean {
  try {
    runtime()?.mmap(path, { shared: false })
    return false
  } catch (error) {
    return codeOf(error) === 'ENOENT'
  }
}

/** Returns whether a descriptor is a terminal. Loading node:tty takes as long as half of `tug ps`. */
export function isTerminalWithBun(fd: number): boolean | undefined {
  return terminals()?.isTTY(fd)
}

/** Returns the size of a terminal. `process.stdout`, which knows it, takes as long to create as half of `tug ps`. */
export function terminalSizeWithBun(fd: number): TerminalSize | undefined {
  const { TTY } = terminals() ?? {}
  const size = [0, 0]
  if (TTY === undefined || !new TTY(fd).getWindowSize(size)) return undefined
  const [columns = 0, rows = 0] = size
  return { columns, rows }
}

/**
 * Writes bytes to a regular file, or not more than MAX_WRITE of them to a terminal, a pipe, a socket or another device.
 *
 * Bun writes some bytes twice if the first ones were accepted and the others have to wait. A pipe never accepts a part of
 * MAX_WRITE bytes. A terminal may do so if its writes do not block and its buffer is nearly full, so longer output to it is
 * left to node:fs.
 * @returns the number of bytes that are written; a promise if there is no room for them and writes do not block; 0 if
 * node:fs has to write them
 * @throws the error of the system call
 */
export function writeWithBun(fd: number, bytes: Uint8Array): number | Promise<number> {
  const bun = runtime()
  if (bun === undefined) return 0
  if (bun.file(fd).size !== NOT_REGULAR) return writeToFile(bun, fd, bytes)
  if (bytes.length > MAX_WRITE && isTerminalWithBun(fd) !== false) return 0
  const piece = bytes.subarray(0, MAX_WRITE)
  const writing = bun.write(bun.file(fd), piece)
  const status = bun.peek.status(writing)
  if (status !== 'rejected') return status === 'fulfilled' ? piece.length : writing
  writing.catch(() => {})
  throw bun.peek(writing)
}

/** The sinks of regular files, by their descriptor. */
const sinks: Sink[] = []

/**
 * Writes bytes to a regular file. A sink makes the descriptor non-blocking for all processes that share it, which has no
 * effect on regular files. On a pipe it would have one.
 */
function writeToFile(bun: Bun, fd: number, bytes: Uint8Array): number | Promise<number> {
  sinks[fd] ??= bun.file(fd).writer()
  const written = sinks[fd].write(bytes)
  const flushed = sinks[fd].flush()
  return typeof written === 'number' && typeof flushed === 'number' ? bytes.length : Promise.resolve(written)
}

function runtime(): Bun | undefined {
  const bun: unknown = Reflect.get(globalThis, 'Bun')
  return isBun(bun) ? bun : undefined
}

function isBun(value: unknown): value is Bun {
  return typeof value === 'object' && value !== null && 'mmap' in value && 'peek' in value
}

/** What node:tty is made of. */
interface Terminals {
  isTTY(fd: number): boolean
  /** `getWindowSize` puts columns and rows into a list of two, and returns whether it could. */
  readonly TTY: new (
    fd: number,
  ) => { getWindowSize(size: number[]): boolean }
}

function terminals(): Terminals | undefined {
  if (runtime() === undefined) return undefined
  const binding: unknown = Reflect.get(process, 'binding')
  const found: unknown = typeof binding === 'function' ? binding.call(process, 'tty_wrap') : undefined
  return isTerminals(found) ? found : undefined
}

function isTerminals(value: unknown): value is Terminals {
  return typeof value === 'object' && value !== null && 'isTTY' in value && 'TTY' in value
}
