import { formatProgress } from './bar.ts'
import type { ProgressOutput } from './display.ts'

/** The bytes and milliseconds between two updates of the display. */
const STEP = 512 * 1024
const INTERVAL = 100

/**
 * Displays the number of transferred bytes as docker does for a build context. On a terminal, one line is updated.
 * Elsewhere, only the final number is printed.
 */
export class TransferDisplay {
  readonly #out: ProgressOutput
  readonly #action: string
  readonly #now: () => Date
  readonly #total: number | undefined
  #current = 0
  #drawn = 0
  #drawnAt = 0

  /** @param total the number of bytes; undefined if it is unknown */
  constructor(out: ProgressOutput, action: string, now: () => Date, total?: number) {
    this.#out = out
    this.#action = action
    this.#now = now
    this.#total = total
  }

  /**
   * Counts bytes and yields them unchanged.
   * @param isLast whether to print the final number and end the line after these bytes
   */
  async *watch<T extends Uint8Array>(bytes: AsyncIterable<T> | Iterable<T>, isLast = true): AsyncGenerator<T> {
    for await (const chunk of bytes) {
      this.#current += chunk.length
      yield chunk
      if (this.#out.isTerminal && this.#isDue()) this.#out.write(this.#line())
    }
    if (isLast) this.#out.write(`${this.#line()}\r\n`)
  }

  #isDue(): boolean {
    const now = this.#now().getTime()
    if (this.#current - this.#drawn <= STEP || now - this.#drawnAt < INTERVAL) return false
    this.#drawn = this.#current
    this.#drawnAt = now
    return true
  }

  #line(): string {
    const detail = { current: this.#current, total: this.#total ?? 0 }
    return `${this.#action} ${formatProgress(detail, this.#out.columns, 0)}\r`
  }
}
