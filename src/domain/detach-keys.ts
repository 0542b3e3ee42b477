/** The keys that detach unless something else is asked for: ctrl-p, ctrl-q. */
export const DEFAULT_DETACH_KEYS: readonly number[] = [0x10, 0x11]

const CONTROL = new Map<string, number>([
  ...Array.from({ length: 26 }, (_, i): [string, number] => [`ctrl-${String.fromCharCode(0x61 + i)}`, i + 1]),
  ['ctrl-@', 0],
  ['ctrl-[', 0x1b],
  ['ctrl-\\', 0x1c],
  ['ctrl-]', 0x1d],
  ['ctrl-^', 0x1e],
  ['ctrl-_', 0x1f],
  ['del', 0x7f],
])

/**
 * Reads a detach sequence such as `ctrl-p,ctrl-q` or `ctrl-a,a`.
 * @returns the bytes that detach when they come in this order
 * @throws Error with docker's reason
 */
export function parseDetachKeys(text: string): number[] {
  return text.split(',').flatMap((key) => {
    if (key.length !== 1) {
      const code = CONTROL.get(key.toLowerCase())
      if (code === undefined) throw new Error(`Unknown character: '${key}'`)
      return [code]
    }
    return [...new TextEncoder().encode(key)]
  })
}
