/** Read in one go: large enough for few system calls, and well under gRPC's limit of 4 MiB a message. */
const CHUNK = 128 * 1024

/** Many times what a stream lets wait: when a part of it comes round again, what was in it is long gone. */
const LENGTH = 16 * CHUNK

/** One piece of memory that files are read into, round and round, so that a large context makes no garbage. */
export class ReadBuffer {
  readonly #memory = Buffer.allocUnsafeSlow(LENGTH)
  #at = 0

  /** @param fill reads into the memory that it is given, and says how much it read */
  read(fill: (target: Buffer) => number): Buffer {
    if (this.#at + CHUNK > LENGTH) this.#at = 0
    const bytes = this.#memory.subarray(this.#at, this.#at + fill(this.#memory.subarray(this.#at, this.#at + CHUNK)))
    this.#at += bytes.length
    return bytes
  }
}
