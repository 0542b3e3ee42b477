// JSON whose integers are those of Go: 64 bits, of which JavaScript's numbers have 53.
import { toInt64 } from '../../domain/go/int.ts'

/** Returns a body for JSON.stringify: bigints become their digits. */
export function exactBody(body: unknown): unknown {
  return containsBigint(body) ? withDigits(body) : body
}

function containsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true
  return typeof value === 'object' && value !== null && Object.values(value).some(containsBigint)
}

function withDigits(value: unknown): unknown {
  if (typeof value === 'bigint') return JSON.rawJSON(String(value))
  if (Array.isArray(value)) return value.map(withDigits)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withDigits(member)]))
}

const LONG_INTEGER = /[[:,]\s*-?\d{16,}\s*[\],}]/

/** Parses JSON, with a bigint for each integer that is not exact as a number. @throws SyntaxError */
export function parseExactJson(text: string): unknown {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text)
  return JSON.parse(text, (_key, value: unknown, { source = '' }: { source?: string } = {}) =>
    typeof value === 'number' && /^-?\d+$/.test(source) ? toInt64(BigInt(source)) : value,
  )
}

/**
 * Replaces bytes that are not UTF-8 by U+FFFD in JSON, as Go's encoding/json does. JSON.stringify writes them as escapes of
 * lone surrogates. The length does not change.
 */
export function withoutStrayBytes(json: string): string {
  if (!json.includes('\\ud')) return json
  return json.replace(/\\(?:u(d[89a-f][\da-f]{2})|.)/gs, (sequence: string, surrogate: string | undefined) =>
    surrogate === undefined ? sequence : '\\ufffd',
  )
}
