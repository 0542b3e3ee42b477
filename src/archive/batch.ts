import { readSync } from 'node:fs'

/** Bytes handed on at once: few enough to keep memory small, enough that many small files do not make many writes. */
const BATCH = 256 * 1024

/** Gathers an archive's bytes into large pieces. */
export class Batch {
  #bytes = Buffer.allocUnsafe(BATCH)
  #used = 0
  #full: Buffer[] = []

  add(bytes: Buffer): void {
    for (let done = 0; done < bytes.length; ) {
      const copied = bytes.copy(this.#bytes, this.#used, done)
      done += copied
      this.#use(copied)
    }
  }

  addZeros(count: number): void {
    this.add(Buffer.alloc(count))
  }

  /**
   * Adds what can be read from the file at once.
   * @param most not more than this many bytes
   * @returns how many they were; 0 at the end of the file
   */
  addFrom(fd: number, most: number): number {
    const count = readSync(fd, this.#bytes, this.#used, Math.min(most, BATCH - this.#used), null)
    this.#use(count)
    return count
  }

  /** The pieces that are full; they are handed out once. */
  takeFull(): readonly Buffer[] {
    const full = this.#full
    if (full.length > 0) this.#full = []
    return full
  }

  /** All that is left. */
  takeRest(): readonly Buffer[] {
    return [...this.takeFull(), this.#bytes.subarray(0, this.#used)]
  }

  #use(count: number): void {
    this.#used += count
    if (this.#used < BATCH) return
    this.#full.push(this.#bytes)
    this.#bytes = Buffer.allocUnsafe(BATCH)
    this.#used = 0
  }
}
