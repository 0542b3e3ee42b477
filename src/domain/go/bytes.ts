/**
 * Go's strings, which are bytes, as JavaScript strings. A byte that is not valid UTF-8, for example because a character
 * was cut in half, is represented by the lone surrogate U+DC00 + byte. Go counts and slices strings by bytes.
 */

const encoder = new TextEncoder()
const STRAY = /(?<![\ud800-\udbff])[\udc80-\udcff]/
const ASCII = /^[\0-\x7f]*$/

/** Returns the length of a Go string in bytes. */
export function byteLength(text: string): number {
  return ASCII.test(text) ? text.length : toBytes(text).length
}

/** Returns the part of a Go string from byte `start` up to byte `end`. */
export function byteSlice(text: string, start: number, end: number): string {
  return ASCII.test(text) ? text.slice(start, end) : fromBytes(toBytes(text).subarray(start, end))
}

/** Encodes a Go string as bytes. */
export function toBytes(text: string): Uint8Array {
  if (!hasStrayBytes(text)) return encoder.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00)
    else bytes.push(...encoder.encode(character))
  }
  return Uint8Array.from(bytes)
}

/** Whether a Go string has bytes that are not UTF-8. */
export function hasStrayBytes(text: string): boolean {
  return !text.isWellFormed() && STRAY.test(text)
}

/** Returns a path for system calls, which take the bytes of one that is not valid UTF-8. */
export function osPath(path: string): string | Buffer {
  return hasStrayBytes(path) ? Buffer.from(toBytes(path)) : path
}

/** Decodes UTF-8. What is not valid becomes U+FFFD, and a byte order mark is kept. */
export function decodeUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Decodes bytes to a Go string. */
export function fromBytes(bytes: Uint8Array): string {
  const decoded = decoder.decode(bytes)
  return decoded.includes(REPLACEMENT) ? decodeStrayBytes(bytes) : decoded
}

/** The character that decoders put in the place of bytes that are not UTF-8. */
const REPLACEMENT = '\ufffd'

function decodeStrayBytes(bytes: Uint8Array): string {
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

/** Returns the length in bytes of the UTF-8 character at `position`; 0 if there is none. */
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
