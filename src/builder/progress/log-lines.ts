import { fixed } from '../../domain/go/decimal.ts'

const NEWLINE = 0x0a

/** How many of its last lines a failed step shows again. */
const KEPT_LINES = 10

/**
 * A step's log in lines, each behind its time: `1.234 text`. The bytes are the program's own, whatever they encode; a
 * line comes in as many pieces as the program wrote.
 */
export class LogLines {
  /** The lines that have not been taken; the last one may go on. */
  lines: Uint8Array[] = []
  /** Whether the last line has not ended yet. */
  isOpen = false

  /** @param time seconds since the step started */
  add(data: Uint8Array, time: number): void {
    if (data.length === 0) {
      this.isOpen = true
      return
    }
    let continues = this.isOpen && this.lines.length > 0
    let rest = data
    while (rest.length > 0) {
      const end = rest.indexOf(NEWLINE)
      const text = end < 0 ? rest : rest.subarray(0, end)
      const last = this.lines.at(-1)
      if (continues && last) this.lines[this.lines.length - 1] = Buffer.concat([last, text])
      else this.lines.push(Buffer.concat([Buffer.from(`${timeText(time)} `), text]))
      continues = false
      this.isOpen = end < 0
      rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + 1)
    }
  }
}

/** Three digits below ten seconds, two below a hundred, one from there. */
function timeText(time: number): string {
  return fixed(time, time < 10 ? 3 : time < 100 ? 2 : 1)
}

/**
 * The last lines that were printed, for the failure's excerpt. As in buildx, a line takes a place of its own only once
 * nothing after it is open: of lines that were printed together with an open one, the open one remains.
 */
export class LastLines {
  readonly #places: (Uint8Array | undefined)[] = Array.from({ length: KEPT_LINES })
  #at = 0

  keep(line: Uint8Array, isFollowedByOpen: boolean): void {
    this.#places[this.#at] = line
    if (!isFollowedByOpen) this.#at = (this.#at + 1) % KEPT_LINES
  }

  /** Oldest first. */
  all(): Uint8Array[] {
    const inOrder = [...this.#places.slice(this.#at), ...this.#places.slice(0, this.#at)]
    return inOrder.filter((line) => line !== undefined)
  }
}
