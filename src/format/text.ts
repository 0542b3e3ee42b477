import { codePointWidth, PLAIN } from './width.ts'

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

/** Text in double quotes with Go's escapes (strconv.Quote): what people can see stays, the rest is `\n`, `\x1b`, `\u200b`. */
export function quote(text: string): string {
  return NOTHING_TO_ESCAPE.test(text) ? `"${text}"` : `"${text.replace(TO_ESCAPE, escaped)}"`
}

function escaped(character: string): string {
  const named = ESCAPES[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  // A byte that is no character, as the template engine has them (see `template/bytes.ts`).
  if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\U${code.toString(16).padStart(8, '0')}`
}

/** Text cut to `width` columns (at least 2), ending in `…` when something was cut (docker/cli formatter.Ellipsis). */
export function ellipsis(text: string, width: number): string {
  if (PLAIN.test(text)) return text.length <= width ? text : `${text.slice(0, width - 1)}…`
  const characters = [...text]
  let used = 0
  let kept = 0
  for (const character of characters) {
    used += codePointWidth(character)
    if (used <= width - 1) kept++
  }
  return used <= width ? text : `${characters.slice(0, kept).join('')}…`
}

/** The 12 characters of an id that docker shows, its `sha256:` left out (stringid.TruncateID). */
export function shortId(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, 12)
}
