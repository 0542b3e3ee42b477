import { BLOCK } from './tar-header.ts'

/** The text of a field, which a NUL ends; one character a byte. */
export function stringAt(header: Buffer, at: number, size: number): string {
  const field = header.subarray(at, at + size)
  const end = field.indexOf(0)
  return field.toString('latin1', 0, end < 0 ? size : end)
}

/**
 * The number of a field: octal, or, where that has no room, big-endian behind a set highest bit.
 * @throws Error in Go's words
 */
export function numberAt(header: Buffer, at: number, size: number): number {
  if ((header[at] ?? 0) >= 0x80) return binaryIn(header, at, size)
  const digits = /^[ \0]*([0-7]*)(?:[ \0].*)?$/s.exec(header.toString('latin1', at, at + size))?.[1]
  if (digits === undefined) throw new Error('archive/tar: invalid tar header')
  return digits === '' ? 0 : Number.parseInt(digits, 8)
}

/** Whether the header's sum is right, which its bytes are added up for with spaces in the sum's own place. */
export function hasValidChecksum(header: Buffer): boolean {
  const stored = /^[ \0]*([0-7]+)[ \0]/.exec(header.toString('latin1', 148, 156))?.[1]
  if (header.length < BLOCK || stored === undefined) return false
  let sum = 8 * 0x20
  for (const byte of header.subarray(0, 148)) sum += byte
  for (const byte of header.subarray(156, BLOCK)) sum += byte
  return Number.parseInt(stored, 8) === sum
}

/** Two's complement, without the bit that marks it. */
function binaryIn(header: Buffer, at: number, size: number): number {
  const bytes = header.subarray(at, at + size)
  const isNegative = ((bytes[0] ?? 0) & 0x40) !== 0
  let value = isNegative ? -1n : 0n
  for (const [index, byte] of bytes.entries()) {
    const bits = index === 0 ? (isNegative ? byte | 0x80 : byte & 0x7f) : byte
    value = (value << 8n) | BigInt(bits)
  }
  return Number(isNegative ? BigInt.asIntN(size * 8, value) : value)
}
