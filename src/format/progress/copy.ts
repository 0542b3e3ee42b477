import { humanSize } from '../text/units.ts'
import type { ProgressOutput } from './display.ts'

/** Milliseconds between two drawings. */
const PAUSE = 75
const CLEAR_LINE = '\r\x1b[2K'

/** Shows how much has been copied while it is, on a terminal; when all is, says so in docker's words. */
export class CopyDisplay {
  readonly #out: ProgressOutput
  readonly #action: string
  readonly #now: () => Date
  #bytes = 0
  #drawnAt = Number.NEGATIVE_INFINITY
  #isDrawn = false

  /** @param action `Copying from container` */
  constructor(out: ProgressOutput, action: string, now: () => Date) {
    this.#out = out
    this.#action = action
    this.#now = now
  }

  /** Passes the bytes on and counts them. */
  async *watch<T extends Uint8Array>(bytes: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of bytes) {
      this.#bytes += chunk.length
      this.#draw()
      yield chunk
    }
  }

  /** @param destination as the message names it */
  succeed(destination: string): void {
    this.clear()
    this.#out.write(`Successfully copied ${humanSize(this.#bytes)} to ${destination}\n`)
  }

  /** Takes back what was drawn. */
  clear(): void {
    if (this.#isDrawn) this.#out.write(CLEAR_LINE)
    this.#isDrawn = false
  }

  #draw(): void {
    if (!this.#out.isTerminal) return
    const now = this.#now().getTime()
    if (now - this.#drawnAt < PAUSE) return
    this.#drawnAt = now
    this.#isDrawn = true
    this.#out.write(`${CLEAR_LINE}${this.#action} - ${humanSize(this.#bytes)}`)
  }
}
