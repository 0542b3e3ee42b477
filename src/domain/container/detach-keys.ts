/** The keys that detach unless something else is asked for: ctrl-p, ctrl-q. */
export const DEFAULT_DETACH_KEYS: Uint8Array = Uint8Array.of(0x10, 0x11)

/** What `ctrl-` may stand before, in the order of the codes that result. */
const CONTROL = '@abcdefghijklmnopqrstuvwxyz[\\]^_'

/**
 * Reads a detach sequence such as `ctrl-p,ctrl-q` or `ctrl-a,a,DEL`.
 * @returns the bytes that detach when they come in this order
 * @throws Error with docker's reason
 */
export function parseDetachKeys(text: string): Uint8Array {
  return Uint8Array.from(text.split(','), keyCode)
}

function keyCode(key: string): number {
  const [byte = 0, ...more] = new TextEncoder().encode(key)
  if (key !== '' && more.length === 0) return byte
  if (key === 'DEL') return 0x7f
  const control = key.length === 6 && key.startsWith('ctrl-') ? CONTROL.indexOf(key.charAt(5)) : -1
  if (control < 0) throw new Error(`unknown character: '${key}'`)
  return control
}

/**
 * Looks for the detach sequence in what is typed, chunk by chunk. Keys that may begin it are held back until it is
 * clear; if it was not the sequence after all, they go on with the next key (as docker's `EscapeProxy`).
 */
export class DetachScanner {
  readonly #keys: Uint8Array
  #matched = 0

  constructor(keys: Uint8Array) {
    this.#keys = keys
  }

  /** What to pass on of a chunk, and whether the sequence is complete; the rest of the chunk is dropped then. */
  scan(chunk: Uint8Array): { readonly pass: Uint8Array; readonly detached: boolean } {
    const pass: number[] = []
    for (const byte of chunk) {
      if (byte === this.#keys[this.#matched]) {
        this.#matched++
        if (this.#matched === this.#keys.length) return { pass: Uint8Array.from(pass), detached: true }
      } else {
        pass.push(...this.#keys.subarray(0, this.#matched), byte)
        this.#matched = 0
      }
    }
    return { pass: Uint8Array.from(pass), detached: false }
  }
}
