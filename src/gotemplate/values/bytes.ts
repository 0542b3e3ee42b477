/**
 * Go's strings are bytes. Ours are JavaScript strings in which a byte that is no UTF-8, as cutting a character in half
 * leaves, is the lone surrogate U+DC00 + byte; the engine counts and cuts by bytes with these functions.
 */

export const encoder = new TextEncoder()
const STRAY = /(?<![\ud800-\udbff])[\udc80-\udcff]/
const ASCII = /^[\0-\x7f]*$/

/** How many bytes Go counts. */
export function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : toBytes(text).length
}

/** The bytes from `start` up to `end`. */
export function byteSlice(text: string, start: number, end: number): string {
  return ASCII.test(text) ? text.slice(start, end) : fromBytes(toBytes(text).subarray(start, end))
}

/** The bytes Go has; stray bytes are themselves. */
export function toBytes(text: string): Uint8Array {
  if (!STRAY.test(text)) return encoder.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else bytes.push(...encoder.encode(character))
  }
  return Uint8Array.from(bytes)
}

/** Text of bytes; those that are no UTF-8 become stray bytes. */
export function fromBytes(bytes: Uint8Array): string {
  let text = ''
  for (let position = 0; position < bytes.length; ) {
    const length = sequenceLength(bytes, position)
    if (length === 0) text += String.fromCharCode(0xdc00 + (bytes[position] ?? 0))
    else text += decoder.decode(bytes.subarray(position, position + length))
    position += length || 1
  }
  return text
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The length of the UTF-8 character at `position`; 0 if there is none. */
function sequenceLength(bytes: Uint8Array, position: number): number {
  const first = bytes[position] ?? 0
  if (first < 0x80) return 1
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2
  if (position + length > bytes.length) return 0
  try {
    strict.decode(bytes.subarray(position, position + length))
    return length
  } catch {
    return 0
  }
}
