import { type Int64, toInt64 } from './int.ts'

const NANOSECONDS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])

const LIMIT = 1n << 63n

/**
 * Parses a duration in Go's syntax, `1m30s`, `500ms`, `-1.5h`, `0` (`time.ParseDuration`).
 * @returns nanoseconds
 * @throws Error with Go's reason
 */
export function parseDuration(text: string): Int64 {
  const invalid = () => new Error(`time: invalid duration ${quoteForTime(text)}`)
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  let rest = text.slice(sign.length)
  if (rest === '0') return 0
  if (rest === '') throw invalid()
  let total = 0n
  while (rest !== '') {
    const number = /^(\d*)(?:\.(\d*))?/.exec(rest)
    const whole = number?.[1] ?? ''
    const fraction = number?.[2] ?? ''
    if (whole === '' && fraction === '') throw invalid()
    rest = rest.slice(number?.[0].length)
    const unit = /^[^\d.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') throw new Error(`time: missing unit in duration ${quoteForTime(text)}`)
    rest = rest.slice(unit.length)
    const scale = NANOSECONDS.get(unit)
    if (scale === undefined) {
      throw new Error(`time: unknown unit ${quoteForTime(unit)} in duration ${quoteForTime(text)}`)
    }
    total += BigInt(whole) * scale + scaleFraction(fraction, scale)
    if (total > LIMIT) throw invalid()
  }
  const signed = sign === '-' ? -total : total
  if (signed >= LIMIT) throw invalid()
  return toInt64(signed)
}

function scaleFraction(digits: string, scale: bigint): bigint {
  if (digits === '') return 0n
  return (BigInt(digits) * scale) / 10n ** BigInt(digits.length)
}

/** Quotes as Go's package time does: bytes that are not printable ASCII become `\xNN`. */
export function quoteForTime(text: string | Uint8Array): string {
  let quoted = '"'
  for (const byte of typeof text === 'string' ? new TextEncoder().encode(text) : text) {
    if (byte >= 0x80 || byte < 0x20) quoted += `\\x${byte.toString(16).padStart(2, '0')}`
    else quoted += byte === 0x22 || byte === 0x5c ? `\\${String.fromCharCode(byte)}` : String.fromCharCode(byte)
  }
  return `${quoted}"`
}

const LONG_UNITS: readonly (readonly [bigint, string])[] = [
  [3_600_000_000_000n, 'h'],
  [60_000_000_000n, 'm'],
]

/** Formats nanoseconds as Go prints a duration: `1m30s`, `1.5s`, `300ms`, `0s` (time.Duration.String). */
export function formatDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  let rest = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (rest < 1_000n) return `${sign}${rest}ns`
  if (rest < 1_000_000n) return `${sign}${formatFraction(rest, 3)}µs`
  if (rest < 1_000_000_000n) return `${sign}${formatFraction(rest, 6)}ms`
  let text = sign
  for (const [size, unit] of LONG_UNITS) {
    if (nanoseconds >= size || -nanoseconds >= size) text += `${rest / size}${unit}`
    rest %= size
  }
  return `${text}${formatFraction(rest, 9)}s`
}

/** Formats `value / 10 ** digits` without trailing zeros. */
function formatFraction(value: bigint, digits: number): string {
  const text = String(value).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0*$/, '')
}
