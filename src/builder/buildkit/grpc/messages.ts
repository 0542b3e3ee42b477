const PREFIX_LENGTH = 5

/** The largest accepted message in bytes. BuildKit's own limit is 16 MiB. */
const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024

/** Returns the prefix of a message: the flag for no compression, and the length. */
export function encodeMessagePrefix(length: number): Buffer {
  const prefix = Buffer.alloc(PREFIX_LENGTH)
  prefix.writeUInt32BE(length, 1)
  return prefix
}

/**
 * Reads the messages of a stream one by one. The peer may only send more as they are read, so that a slow reader slows
 * down the sender.
 */
export class MessageReader implements AsyncIterable<Buffer> {
  readonly #onRead: (length: number) => void
  readonly #chunks: Buffer[] = []
  #length = 0
  #hasEnded = false
  #error: Error | undefined
  #wake: (() => void) | undefined

  /** @param onRead called with the number of bytes that were read */
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

  /** Makes reading fail with the error after the bytes that have arrived. */
  fail(error: Error): void {
    this.#error ??= error
    this.#wakeUp()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    while (true) {
      const prefix = await this.#read(PREFIX_LENGTH)
      if (!prefix) return
      if (prefix[0] !== 0) throw new Error('a message is compressed, but compression was not negotiated')
      const length = prefix.readUInt32BE(1)
      if (length > MAX_MESSAGE_LENGTH) throw new Error(`a message of ${length} bytes is too long`)
      const message = await this.#read(length)
      if (!message) throw new Error('unexpected EOF')
      yield message
    }
  }

  /** Reads a number of bytes; undefined at the end. */
  async #read(length: number): Promise<Buffer | undefined> {
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

  #take(maxLength: number): Buffer {
    const first = this.#chunks[0] ?? Buffer.alloc(0)
    const part = first.subarray(0, maxLength)
    if (part.length === first.length) this.#chunks.shift()
    else this.#chunks[0] = first.subarray(maxLength)
    this.#length -= part.length
    this.#onRead(part.length)
    return part
  }

  #wakeUp(): void {
    this.#wake?.()
    this.#wake = undefined
  }
}
