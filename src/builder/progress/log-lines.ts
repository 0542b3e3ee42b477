import { fixed } from '../../domain/go/decimal.ts'

const NEWLINE = 0x0a

/** The number of lines of its log that are printed again when a step fails. */
const LAST_LINE_COUNT = 10

/**
 * Splits the log of a step into lines with the time in front: `1.234 text`. The bytes are not decoded, and a line
 * arrives in as many pieces as the program wrote.
 */
export class LogLines {
  /** The lines that have not been printed; the last one may be incomplete. */
  lines: Uint8Array[] = []
  /** Whether the last line is incomplete. */
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
      else this.lines.push(Buffer.concat([Buffer.from(`${formatTime(time)} `), text]))
      continues = false
      this.isOpen = end < 0
      rest = end < 0 ? rest.subarray(rest.length) : rest.subarray(end + 1)
    }
  }
}

/** Formats seconds with three decimals below ten, two below a hundred, and one above. */
function formatTime(time: number): string {
  return fixed(time, time < 10 ? 3 : time < 100 ? 2 : 1)
}

/**
 * A ring buffer of the last printed lines, for the log of a failed step. As in buildx, a line occupies a place only
 * when no incomplete line follows it: of lines that are printed together with an incomplete one, only that one remains.
 */
export class LastLines {
  readonly #places: (Uint8Array | undefined)[] = Array.from({ length: LAST_LINE_COUNT })
  #at = 0

  keep(line: Uint8Array, isFollowedByOpen: boolean): void {
    this.#places[this.#at] = line
    if (!isFollowedByOpen) this.#at = (this.#at + 1) % LAST_LINE_COUNT
  }

  /** Oldest first. */
  all(): Uint8Array[] {
    const inOrder = [...this.#places.slice(this.#at), ...this.#places.slice(0, this.#at)]
    return inOrder.filter((line) => line !== undefined)
  }
}
