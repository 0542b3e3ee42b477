/** The default detach sequence: ctrl-p, ctrl-q. */
export const DEFAULT_DETACH_KEYS: Uint8Array = Uint8Array.of(0x10, 0x11)

/** The keys that `ctrl-` may be combined with, in the order of their codes. */
const CONTROL = '@abcdefghijklmnopqrstuvwxyz[\\]^_'

/**
 * Parses a detach sequence such as `ctrl-p,ctrl-q` or `ctrl-a,a,DEL`.
 * @returns the bytes of the sequence
 * @throws Error with docker's reason (moby/term ascii.go)
 */
export function parseDetachKeys(text: string): Uint8Array {
  return Uint8Array.from(text.split(','), keyCode)
}

function keyCode(key: string): number {
  const [byte = 0, ...more] = new TextEncoder().encode(key)
  if (key !== '' && more.length === 0) return byte
  if (key === 'DEL') return 0x7f
  const control = key.length === 6 && key.startsWith('ctrl-') ? CONTROL.indexOf(key.charAt(5)) : -1
  if (control < 0) throw new Error(`Unknown character: '${key}'`)
  return control
}

/**
 * Searches input for the detach sequence, chunk by chunk. Keys that may be the start of the sequence are held back; if the
 * next key does not continue the sequence, they are passed on together with it (docker's `EscapeProxy`).
 */
export class DetachScanner {
  readonly #keys: Uint8Array
  #matched = 0

  constructor(keys: Uint8Array) {
    this.#keys = keys
  }

  /** Returns the bytes to pass on, and whether the sequence is complete. The rest of the chunk is then dropped. */
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
