const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
}
const TO_ESCAPE = /["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu
const NOTHING_TO_ESCAPE = /^[\x20-\x21\x23-\x5b\x5d-\x7e…]*$/

/**
 * Quotes a text as Go's `strconv.Quote` does; docker's messages and the COMMAND column use it. Characters that are not
 * printable become escapes such as `\n`, `\x1b` and `\u200b`.
 */
export function goQuote(text: string): string {
  return NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : `"${text.replace(TO_ESCAPE, escapeCharacter)}"`
}

function escapeCharacter(character: string): string {
  const shortEscape = ESCAPES[character]
  if (shortEscape !== undefined) return shortEscape
  const code = character.codePointAt(0) ?? 0
  // A byte that is not valid UTF-8 (see `bytes.ts`).
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}
