import { encoder, fromBytes } from '../values/bytes.ts'

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
}
/** What stands for itself in any literal. */
const PLAIN = /^[ !#-&(-[\]-~]*$/
const ESCAPE = /\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y

/**
 * What a Go string or character literal stands for (strconv.Unquote); undefined when it is none. Bytes written as
 * `\xff` that are no UTF-8 stand for themselves (see `bytes.ts`).
 */
export function unquote(literal: string): string | undefined {
  const quote = literal[0]
  const body = literal.slice(1, -1)
  if (quote === '`') return body.replaceAll('\r', '')
  if (PLAIN.test(body)) return body
  const bytes: number[] = []
  for (let position = 0; position < body.length; ) {
    if (body[position] !== '\\') {
      const code = body.codePointAt(position) ?? 0
      bytes.push(...encoder.encode(String.fromCodePoint(code)))
      position += code > 0xffff ? 2 : 1
      continue
    }
    ESCAPE.lastIndex = position
    const match = ESCAPE.exec(body)
    const value = match === null ? undefined : escapedBytes(match, quote)
    if (match === null || value === undefined) return
    bytes.push(...value)
    position += match[0].length
  }
  return fromBytes(Uint8Array.from(bytes))
}

function escapedBytes([, simple, hex, octal, short, long]: RegExpExecArray, quote = ''): Iterable<number> | undefined {
  if (simple !== undefined) {
    if ((simple === '"' || simple === "'") && simple !== quote) return
    return [SIMPLE[simple] ?? 0]
  }
  if (hex !== undefined) return [Number.parseInt(hex, 16)]
  if (octal !== undefined) return Number.parseInt(octal, 8) > 255 ? undefined : [Number.parseInt(octal, 8)]
  const code = Number.parseInt(short ?? long ?? '', 16)
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return
  return encoder.encode(String.fromCodePoint(code))
}
