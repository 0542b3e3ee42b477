import { createHash, type Hash } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { randomHex } from '../../../files/random-name.ts'
import { pathError } from '../../go-error.ts'
import { blobPath, parseDigest } from './digest.ts'

/** Writes a blob to an OCI layout. The blob gets its name when it is complete. */
export class BlobWriter {
  readonly #directory: string
  readonly #path: string
  readonly #file: number
  #hash: Hash = createHash('sha256')
  #length = 0

  /** @param directory the directory of the layout @throws Error with Go's text */
  constructor(directory: string) {
    this.#directory = directory
    this.#path = join(directory, 'ingest', `tug-${randomHex(12)}`)
    mkdirSync(dirname(this.#path), { recursive: true })
    try {
      this.#file = openSync(this.#path, 'wx', 0o644)
    } catch (error) {
      throw pathError('open', this.#path, error)
    }
  }

  /** The number of bytes that were written. */
  get length(): number {
    return this.#length
  }

  /** The digest of the bytes that were written. */
  get digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`
  }

  /** Appends bytes. @throws Error with Go's text */
  write(bytes: Uint8Array): void {
    try {
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.#file, bytes, at, bytes.length - at, this.#length + at)
      }
    } catch (error) {
      throw pathError('write', this.#path, error)
    }
    this.#hash.update(bytes)
    this.#length += bytes.length
  }

  /** Discards what was written, so that the blob can be written again from its start. */
  clear(): void {
    ftruncateSync(this.#file, 0)
    this.#hash = createHash('sha256')
    this.#length = 0
  }

  /** Moves the blob to its name. @throws Error with Go's text */
  finish(): void {
    const digest = parseDigest(this.digest)
    if (!digest) return
    const path = blobPath(this.#directory, digest)
    try {
      fdatasyncSync(this.#file)
      mkdirSync(dirname(path), { recursive: true })
      chmodSync(this.#path, 0o444)
      renameSync(this.#path, path)
    } catch (error) {
      throw pathError('rename', this.#path, error)
    }
  }

  /** Closes the file, and removes it unless it was finished. */
  close(): void {
    closeSync(this.#file)
    if (existsSync(this.#path)) rmSync(this.#path)
  }
}
