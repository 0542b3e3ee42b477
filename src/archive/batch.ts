import { readSync } from 'node:fs'

/** The size of a chunk in bytes. It limits the memory, and saves writes for many small files. */
const CHUNK_SIZE = 256 * 1024

/** Collects an archive's bytes in large chunks. */
export class Batch {
  #bytes = Buffer.allocUnsafe(CHUNK_SIZE)
  #used = 0
  #full: Buffer[] = []

  add(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const copied = bytes.copy(this.#bytes, this.#used, done)
      done += copied
      this.#advance(copied)
    }
  }

  addZeros(count: number): void {
    this.add(Buffer.alloc(count))
  }

  /**
   * Adds bytes from a file, with a single read.
   * @param max the largest number of bytes to add
   * @returns the number of added bytes; 0 at the end of the file
   */
  addFrom(fd: number, max: number): number {
    const count = readSync(fd, this.#bytes, this.#used, Math.min(max, CHUNK_SIZE - this.#used), null)
    this.#advance(count)
    return count
  }

  /** Returns the full chunks and removes them. */
  takeFull(): readonly Buffer[] {
    const full = this.#full
    if (full.length > 0) this.#full = []
    return full
  }

  /** Returns all remaining bytes. */
  takeRest(): readonly Buffer[] {
    return [...this.takeFull(), this.#bytes.subarray(0, this.#used)]
  }

  #advance(count: number): void {
    this.#used += count
    if (this.#used < CHUNK_SIZE) return
    this.#full.push(this.#bytes)
    this.#bytes = Buffer.allocUnsafe(CHUNK_SIZE)
    this.#used = 0
  }
}
