const MULTIPLIERS: Readonly<Record<string, number>> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 }

const INT64_LIMIT = 2 ** 63

/**
 * Parses a size such as `512m`, `1.5g` or `64KiB`; units are powers of 1024 (go-units' `RAMInBytes`).
 * @returns bytes; a size beyond an int64 becomes the smallest int64, as in docker
 * @throws Error with go-units' reason
 */
export function parseRamBytes(text: string): number {
  const end = lastNumberIndex(text)
  if (end < 0) throw new Error(`invalid size: '${text}'`)
  const number = text.slice(0, text[end] === ' ' ? end : end + 1)
  const suffix = text.slice(end + 1)
  const size = parseGoFloat(number)
  if (size < 0) throw new Error(`invalid size: '${text}'`)
  return toInt64(size * parseUnit(suffix))
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

/** Does what Go's `strconv.ParseFloat` does for decimal numbers. */
function parseGoFloat(text: string): number {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw new Error(`strconv.ParseFloat: parsing "${text}": invalid syntax`)
  }
  const value = Number(text)
  if (!Number.isFinite(value)) throw new Error(`strconv.ParseFloat: parsing "${text}": value out of range`)
  return value
}

function toInt64(size: number): number {
  return size >= INT64_LIMIT ? -INT64_LIMIT : Math.trunc(size)
}
