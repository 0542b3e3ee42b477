import type { OutputStream, Stdio } from './stdio.ts'

/** How much of the output is kept, in bytes. The runtime's message about a program that it cannot start is shorter. */
const LIMIT = 1000

/** Keeps the beginning of what a container writes, to find out why it ended. */
export class FirstOutput {
  #bytes = Buffer.alloc(0)

  /** The beginning of the output; empty if the container has written nothing. */
  get text(): string {
    return this.#bytes.toString()
  }

  /** Returns the same streams; what is written to them is kept too. */
  observe({ in: input, out, err }: Stdio): Stdio {
    return { in: input, out: this.#observeOutput(out), err: this.#observeOutput(err) }
  }

  #observeOutput(output: OutputStream): OutputStream {
    return {
      isTerminal: output.isTerminal,
      get size() {
        return output.size
      },
      get stream() {
        return output.stream
      },
      writeSome: (bytes) => {
        const rest = bytes.subarray(0, LIMIT - this.#bytes.length)
        if (rest.length > 0) this.#bytes = Buffer.concat([this.#bytes, rest])
        return output.writeSome(bytes)
      },
    }
  }
}
