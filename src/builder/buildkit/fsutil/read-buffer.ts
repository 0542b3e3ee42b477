/** The most bytes of one read: large enough for few system calls, and well below gRPC's limit of 4 MiB per message. */
const CHUNK = 128 * 1024

/** Much more than the pending bytes of a stream, so that a part of the buffer has been sent before it is reused. */
const LENGTH = 16 * CHUNK

/** A ring buffer that files are read into, so that a large context creates no garbage. */
export class ReadBuffer {
  readonly #memory = Buffer.allocUnsafeSlow(LENGTH)
  #at = 0

  /** Reads one chunk. @param fill reads into the buffer that it gets, and returns the number of bytes */
  read(fill: (target: Buffer) => number): Buffer {
    if (this.#at + CHUNK > LENGTH) this.#at = 0
    const bytes = this.#memory.subarray(this.#at, this.#at + fill(this.#memory.subarray(this.#at, this.#at + CHUNK)))
    this.#at += bytes.length
    return bytes
  }
}
