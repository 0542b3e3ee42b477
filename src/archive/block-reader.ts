/** Reads blocks of requested sizes from a stream. */
export class BlockReader {
  readonly #chunks: AsyncIterator<Uint8Array>
  #rest: Buffer = Buffer.alloc(0)

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]()
  }

  /** Returns the next `size` bytes; fewer only at the end of the stream. */
  async read(size: number): Promise<Buffer> {
    if (this.#rest.length >= size) return this.#take(size)
    const pieces: Uint8Array[] = [this.#rest]
    for (let length = this.#rest.length; length < size; ) {
      const next = await this.#chunks.next()
      if (next.done) break
      pieces.push(next.value)
      length += next.value.length
    }
    this.#rest = Buffer.concat(pieces)
    return this.#take(size)
  }

  /** Returns at most `max` bytes without copying them; none only at the end of the stream. */
  async readSome(max: number): Promise<Buffer> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next()
      if (next.done) break
      this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    }
    return this.#take(max)
  }

  /** Closes the stream, even if it has not been read completely. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }

  #take(size: number): Buffer {
    const taken = this.#rest.subarray(0, size)
    this.#rest = this.#rest.subarray(size)
    return taken
  }
}
