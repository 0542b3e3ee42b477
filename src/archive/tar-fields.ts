/** Parses the fields of tar headers (Go archive/tar strconv.go). */
import { BLOCK } from './tar-header.ts'

/** Returns the string of a field up to a NUL, with one character per byte. */
export function stringAt(header: Buffer, at: number, size: number): string {
  const field = header.subarray(at, at + size)
  const end = field.indexOf(0)
  return field.toString('latin1', 0, end < 0 ? size : end)
}

/**
 * Returns the number of a field, which is octal, or big-endian if the highest bit is set because it is too large.
 * @throws Error with Go's message
 */
export function numberAt(header: Buffer, at: number, size: number): number {
  if ((header[at] ?? 0) >= 0x80) return parseBinary(header, at, size)
  const digits = /^[ \0]*([0-7]*)(?:[ \0].*)?$/s.exec(header.toString('latin1', at, at + size))?.[1]
  if (digits === undefined) throw new Error('archive/tar: invalid tar header')
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

/** Returns whether a header's checksum is correct. It is the sum of the bytes, with the checksum itself as spaces. */
export function hasValidChecksum(header: Buffer): boolean {
  const stored = /^[ \0]*([0-7]+)[ \0]/.exec(header.toString('latin1', 148, 156))?.[1]
  if (header.length < BLOCK || stored === undefined) return false
  let sum = 8 * 0x20
  for (const byte of header.subarray(0, 148)) sum += byte
  for (const byte of header.subarray(156, BLOCK)) sum += byte
  return Number.parseInt(stored, 8) === sum
}

/** Parses a number in two's complement, ignoring the bit that marks the format. */
function parseBinary(header: Buffer, at: number, size: number): number {
  const bytes = header.subarray(at, at + size)
  const isNegative = ((bytes[0] ?? 0) & 0x40) !== 0
  let value = isNegative ? -1n : 0n
  for (const [index, byte] of bytes.entries()) {
    const bits = index === 0 ? (isNegative ? byte | 0x80 : byte & 0x7f) : byte
    value = (value << 8n) | BigInt(bits)
  }
  return Number(isNegative ? BigInt.asIntN(size * 8, value) : value)
}
