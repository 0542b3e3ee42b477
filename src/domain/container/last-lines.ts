/** How much of the end of an output is kept, in characters. */
const KEPT_LENGTH = 16 * 1024

/** Keeps the last lines of an output that arrives in pieces, in bounded memory. */
export class LastLines {
  readonly #count: number
  readonly #decoder = new TextDecoder()
  #text = ''

  /** @param count the number of lines to keep */
  constructor(count: number) {
    this.#count = count
  }

  add(bytes: Uint8Array): void {
    this.#text = (this.#text + this.#decoder.decode(bytes, { stream: true })).slice(-KEPT_LENGTH)
  }

  /** Returns the lines without their ends. */
  lines(): readonly string[] {
    return this.#text
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
      .slice(-this.#count)
      .filter((line, _, { length }) => line !== '' || length > 1)
  }
}
