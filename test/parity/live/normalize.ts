/**
 * Replaces what differs between runs in a transcript: ids and digests are numbered in the order of their first
 * appearance, durations are removed, and columns are two spaces apart.
 */
export class Normalizer {
  readonly #names = new Map<string, string>()
  readonly #replacements: readonly (readonly [text: string, name: string])[]

  /** @param replacements the placeholders for addresses and secrets of this run */
  constructor(replacements: Readonly<Record<string, string>>) {
    this.#replacements = Object.entries(replacements)
  }

  normalize(text: string): string {
    return this.#replacements
      .reduce((replaced, [from, name]) => replaced.replaceAll(from, name), text)
      .replaceAll(/\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b/g, (id) => this.#placeholderOf(id))
      .replaceAll(/\b(About an? \w+|Less than a second|\d+ \w+) ago\b/g, '<ago>')
      .replaceAll(/\bUp (About an? \w+|Less than a second|\d+ \w+)/g, 'Up <while>')
      .replaceAll(/\b127\.0\.0\.1:\d+(?=->)/g, '127.0.0.1:<port>')
      .replaceAll(/ {2,}/g, '  ')
      .replaceAll(/ +$/gm, '')
  }

  /** Returns the placeholder of an id. A short id has the number of the long one. */
  #placeholderOf(id: string): string {
    const key = id.slice(0, 12)
    const name = this.#names.get(key) ?? `<id ${this.#names.size + 1}>`
    this.#names.set(key, name)
    return id.length === 12 ? name.replace('>', ' short>') : name
  }
}
