const PREFIX_LENGTH = 5

/** BuildKit's own limit for a message is 16 MiB. */
const LONGEST_MESSAGE = 64 * 1024 * 1024

/** The bytes before a message: not compressed, and its length. */
export function messagePrefix(length: number): Buffer {
  const prefix = Buffer.alloc(PREFIX_LENGTH)
  prefix.writeUInt32BE(length, 1)
  return prefix
}

/**
 * The messages that arrive on a stream, read one by one. The peer is let send more as they are read, so that a slow
 * reader slows the sender down.
 */
export class MessageReader implements AsyncIterable<Buffer> {
  readonly #onRead: (length: number) => void
  readonly #chunks: Buffer[] = []
  #length = 0
  #hasEnded = false
  #error: Error | undefined
  #wake: (() => void) | undefined

  /** @param onRead told how many bytes were read */
  constructor(onRead: (length: number) => void) {
    this.#onRead = onRead
  }

  push(bytes: Buffer): void {
    this.#chunks.push(bytes)
    this.#length += bytes.length
    this.#wakeUp()
  }

  end(): void {
    this.#hasEnded = true
    this.#wakeUp()
  }

  /** Reading ends with the error, once what has arrived is read. */
  fail(error: Error): void {
    this.#error ??= error
    this.#wakeUp()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while (true) {
      const prefix = await this.#bytes(PREFIX_LENGTH)
      if (!prefix) return
      if (prefix[0] !== 0) throw new Error('a message is compressed, which nobody asked for')
      const length = prefix.readUInt32BE(1)
      if (length > LONGEST_MESSAGE) throw new Error(`a message of ${length} bytes is too long`)
      const message = await this.#bytes(length)
      if (!message) throw new Error('unexpected EOF')
      yield message
    }
  }

  /** As many bytes, or undefined at the end. */
  async #bytes(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = []
    let missing = length
    while (missing > 0) {
      while (this.#length === 0) {
        if (this.#error) throw this.#error
        if (this.#hasEnded) return undefined
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
      const part = this.#take(missing)
      parts.push(part)
      missing -= part.length
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
  }

  #take(most: number): Buffer {
    const first = this.#chunks[0] ?? Buffer.alloc(0)
    const part = first.subarray(0, most)
    if (part.length === first.length) this.#chunks.shift()
    else this.#chunks[0] = first.subarray(most)
    this.#length -= part.length
    this.#onRead(part.length)
    return part
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}
