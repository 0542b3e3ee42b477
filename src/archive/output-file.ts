import { randomInt } from 'node:crypto'
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
import { resolve } from 'node:path'
import { codeOf, messageOf, pathErrorText } from '../domain/errors.ts'
import { basePath, directoryPath } from '../domain/go/path.ts'

/**
 * A file that is complete or not there: what is written goes to another beside it, which takes its place in the end.
 * What docker's `-o` of save and export does, except that a broken transfer never leaves half a file.
 */
export class OutputFile {
  readonly #path: string
  readonly #temporary: string
  readonly #fd: number
  #isWritten = false

  private constructor(path: string, temporary: string, fd: number) {
    this.#path = path
    this.#temporary = temporary
    this.#fd = fd
  }

  /**
   * @param purpose what fails where nothing can be written: `save image`
   * @throws Error in docker's words
   */
  static open(path: string, purpose: string): OutputFile {
    try {
      return OutputFile.#open(path)
    } catch (error) {
      throw new Error(`failed to ${purpose}: ${messageOf(error)}`, { cause: error })
    }
  }

  static #open(path: string): OutputFile {
    checkDestination(path)
    const whole = resolve(path)
    const temporary = `${directoryPath(whole) === '/' ? '' : directoryPath(whole)}/.tmp-${basePath(path)}${randomInt(2 ** 32)}`
    try {
      return new OutputFile(whole, temporary, openSync(temporary, 'wx', 0o600))
    } catch (error) {
      throw new Error(pathErrorText('open', temporary, error), { cause: error })
    }
  }

  /**
   * Writes all of it; then the file is there. Nothing is, where there is nothing to write.
   * @param start asks for the bytes, once the file can be written
   * @throws Error what breaks off the bytes, or why they cannot be written
   */
  async receive(start: () => Promise<AsyncIterable<Uint8Array>>): Promise<void> {
    try {
      for await (const bytes of await start()) this.#attempt('write', () => this.#write(bytes))
      this.#attempt('sync', () => fsyncSync(this.#fd))
      if (!this.#isWritten) return
      // The umask does not count.
      this.#attempt('chmod', () => chmodSync(this.#temporary, 0o600))
      this.#attempt('rename', () => renameSync(this.#temporary, this.#path))
    } finally {
      closeSync(this.#fd)
      rmSync(this.#temporary, { force: true })
    }
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
    stats = lstatSync(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw new Error(`failed to stat output path: ${pathErrorText('lstat', path, error)}`, { cause: error })
  }
  if (!stats.isFile()) throw new Error(`cannot write to a ${kindOf(stats)}`)
}

function checkDirectory(directory: string): void {
  try {
    if (statSync(directory).isDirectory()) return
  } catch (error) {
    throw new Error(`invalid output path: ${pathErrorText('stat', directory, error)}`, { cause: error })
  }
  throw new Error(`invalid output path: stat ${directory}: not a directory`)
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'directory'
  if (stats.isSymbolicLink()) return 'symbolic link directly'
  if (stats.isFIFO()) return 'named pipe (FIFO)'
  if (stats.isSocket()) return 'socket'
  return stats.isCharacterDevice() ? 'character device file' : 'block device file'
}
