import { progressText } from './bar.ts'
import type { ProgressOutput } from './display.ts'

/** Bytes between two drawings, and milliseconds. */
const STEP = 512 * 1024
const PAUSE = 100

/**
 * Shows how many bytes went by, on one line that is drawn anew on terminals; off them only how many they were in the
 * end. What docker says while it sends a build context.
 */
export class TransferDisplay {
  readonly #out: ProgressOutput
  readonly #action: string
  readonly #now: () => Date
  readonly #total: number | undefined
  #current = 0
  #drawn = 0
  #drawnAt = 0

  /** @param total bytes; undefined when it is not known */
  constructor(out: ProgressOutput, action: string, now: () => Date, total?: number) {
    this.#out = out
    this.#action = action
    this.#now = now
    this.#total = total
  }

  /**
   * Passes the bytes on and counts them.
   * @param isEnded whether the line is drawn a last time and ended when the bytes are
   */
  async *watch<T extends Uint8Array>(bytes: AsyncIterable<T> | Iterable<T>, isEnded = true): AsyncGenerator<T> {
    for await (const chunk of bytes) {
      this.#current += chunk.length
      yield chunk
      if (this.#out.isTerminal && this.#isDue()) this.#out.write(this.#line())
    }
    if (isEnded) this.#out.write(`${this.#line()}\r\n`)
  }

  #isDue(): boolean {
    const now = this.#now().getTime()
    if (this.#current - this.#drawn <= STEP || now - this.#drawnAt < PAUSE) return false
    this.#drawn = this.#current
    this.#drawnAt = now
    return true
  }

  #line(): string {
    const detail = { current: this.#current, total: this.#total ?? 0 }
    return `${this.#action} ${progressText(detail, this.#out.columns, 0)}\r`
  }
}
