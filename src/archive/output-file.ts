import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs'
import { codeOf, messageOf, pathErrorText } from '../domain/errors.ts'
import { osPath } from '../domain/go/bytes.ts'
import { absolutePath, basePath, directoryPath } from '../domain/go/path.ts'
import { randomDecimal } from '../files/random-name.ts'
import { isSpecialFile } from '../files/special-file.ts'

/**
 * The output file of `save -o` and `export -o`. It is written atomically: the bytes go to a temporary file in the same
 * directory, which is renamed at the end, so that a failed transfer never leaves an incomplete file. A device or a pipe is
 * written into.
 */
export class OutputFile {
  readonly #path: string
  /** Undefined for a device or a pipe, which is written into. */
  readonly #temporary: string | undefined
  readonly #fd: number
  #isWritten = false

  private constructor(path: string, temporary: string | undefined, fd: number) {
    this.#path = path
    this.#temporary = temporary
    this.#fd = fd
  }

  /**
   * Opens a file for writing.
   * @param cwd the directory that the path is relative to
   * @param purpose the operation for error messages: `save image`
   * @throws Error with docker's message
   */
  static open(path: string, cwd: string, purpose: string): OutputFile {
    try {
      return OutputFile.#open(path, cwd)
    } catch (error) {
      throw new Error(`failed to ${purpose}: ${messageOf(error)}`, { cause: error })
    }
  }

  static #open(path: string, cwd: string): OutputFile {
    if (isSpecialFile(path)) return OutputFile.#openSpecial(path)
    checkDestination(path)
    const target = absolutePath(path, cwd)
    const temporary = `${directoryPath(target) === '/' ? '' : directoryPath(target)}/.tmp-${basePath(path)}${randomDecimal()}`
    try {
      return new OutputFile(target, temporary, openSync(osPath(temporary), 'wx', 0o600))
    } catch (error) {
      throw new Error(pathErrorText('open', temporary, error), { cause: error })
    }
  }

  static #openSpecial(path: string): OutputFile {
    try {
      return new OutputFile(path, undefined, openSync(osPath(path), 'w'))
    } catch (error) {
      throw new Error(pathErrorText('open', path, error), { cause: error })
    }
  }

  /**
   * Writes a stream to the file. An empty stream creates no file.
   * @param start starts the stream; called when the file is ready for writing
   * @throws Error if the stream fails, or if it cannot be written
   */
  async receive(start: () => Promise<AsyncIterable<Uint8Array>>): Promise<void> {
    try {
      for await (const bytes of await start()) this.#attempt('write', () => this.#write(bytes))
      if (this.#temporary !== undefined) this.#replace(this.#temporary)
    } finally {
      closeSync(this.#fd)
      if (this.#temporary !== undefined) rmSync(osPath(this.#temporary), { force: true })
    }
  }

  #replace(temporary: string): void {
    this.#attempt('sync', () => fsyncSync(this.#fd))
    if (!this.#isWritten) return
    // Sets the mode regardless of the umask.
    this.#attempt('chmod', () => chmodSync(osPath(temporary), 0o600))
    this.#attempt('rename', () => renameSync(osPath(temporary), osPath(this.#path)))
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#fd, bytes, done)
    this.#isWritten = true
  }

  #attempt(operation: string, call: () => void): void {
    try {
      call()
    } catch (error) {
      throw new Error(pathErrorText(operation, this.#path, error), { cause: error })
    }
  }
}

function checkDestination(path: string): void {
  const directory = directoryPath(path)
  if (directory !== '.' && directory !== '..') checkDirectory(directory)
  let stats: Stats
  try {
    stats = lstatSync(osPath(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw new Error(`failed to stat output path: ${pathErrorText('lstat', path, error)}`, { cause: error })
  }
  if (!stats.isFile()) throw new Error(`cannot write to a ${describeKind(stats)}`)
}

function checkDirectory(directory: string): void {
  try {
    if (statSync(osPath(directory)).isDirectory()) return
  } catch (error) {
    throw new Error(`invalid output path: ${pathErrorText('stat', directory, error)}`, { cause: error })
  }
  throw new Error(`invalid output path: stat ${directory}: not a directory`)
}

function describeKind(stats: Stats): string {
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symbolic link directly'
  if (stats.isFIFO()) return 'named pipe (FIFO)'
  if (stats.isSocket()) return 'socket'
  return stats.isCharacterDevice() ? 'character device file' : 'block device file'
}
