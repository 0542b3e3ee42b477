import { parseGoFloat } from './go/float.ts'
import { type Int64, toInt64 } from './go/int.ts'

const MULTIPLIERS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 }

const INT64_LIMIT = 2 ** 63

/**
 * Parses a size such as `512m`, `1.5g` or `64KiB`; units are powers of 1024 (go-units' `RAMInBytes`).
 * @returns bytes; a size beyond an int64 becomes the smallest int64, as in docker
 * @throws Error with go-units' reason
 */
export function parseRamBytes(text: string): Int64 {
  const end = lastNumberIndex(text)
  if (end < 0) throw new Error(`invalid size: '${text}'`)
  const number = text.slice(0, text[end] === ' ' ? end : end + 1)
  const suffix = text.slice(end + 1)
  const size = parseGoFloat(number)
  if (size < 0) throw new Error(`invalid size: '${text}'`)
  return truncate(size * parseUnit(suffix))
}

function lastNumberIndex(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) if (/[\d. ]/.test(text[i] ?? '')) return i
  return -1
}

function parseUnit(suffix: string): number {
  const unit = suffix.length > 3 ? suffix : suffix.toLowerCase()
  if (unit === '' || unit === 'b') return 1
  const multiplier = /^[kmgtp](i?b)?$/.test(unit) ? MULTIPLIERS[unit.charAt(0)] : undefined
  if (multiplier === undefined) throw new Error(`invalid suffix: '${unit}'`)
  return multiplier
}

/** Converts to an int64. */
function truncate(size: number): Int64 {
  return size >= INT64_LIMIT ? -(1n << 63n) : toInt64(BigInt(Math.trunc(size)))
}
