import { humanSize } from '../text/units.ts'
import type { ProgressOutput } from './display.ts'

/** The milliseconds between two updates of the display. */
const INTERVAL = 75
const CLEAR_LINE = '\r\x1b[2K'

/** Displays the progress of `cp` on a terminal, and prints docker's message at the end. */
export class CopyDisplay {
  readonly #out: ProgressOutput
  readonly #action: string
  readonly #now: () => Date
  #bytes = 0
  #drawnAt = Number.NEGATIVE_INFINITY
  #isDrawn = false

  /** @param action the text before the progress, such as `Copying from container` */
  constructor(out: ProgressOutput, action: string, now: () => Date) {
    this.#out = out
    this.#action = action
    this.#now = now
  }

  /** Counts bytes and yields them unchanged. */
  async *watch<T extends Uint8Array>(bytes: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const chunk of bytes) {
      this.#bytes += chunk.length
      this.#draw()
      yield chunk
    }
  }

  /**
   * Prints the message of success. On a terminal it says how large the files are and, as in docker 29, how much was
   * transferred to copy them. Otherwise it has only the latter, as in docker 28.
   * @param destination the destination as printed in the message
   * @param contentSize the size of the copied files in bytes, if it is known
   */
  succeed(destination: string, contentSize: number | undefined): void {
    this.clear()
    const transferred = humanSize(this.#bytes)
    const hasBoth = this.#out.isTerminal && contentSize !== undefined
    const sizes = hasBoth ? `${humanSize(contentSize)} (transferred ${transferred})` : transferred
    this.#out.write(`Successfully copied ${sizes} to ${destination}\n`)
  }

  /** Clears the display. */
  clear(): void {
    if (this.#isDrawn) this.#out.write(CLEAR_LINE)
    this.#isDrawn = false
  }

  #draw(): void {
    if (!this.#out.isTerminal) return
    const now = this.#now().getTime()
    if (now - this.#drawnAt < INTERVAL) return
    this.#drawnAt = now
    this.#isDrawn = true
    this.#out.write(`${CLEAR_LINE}${this.#action} - ${humanSize(this.#bytes)}`)
  }
}
