const HTML = /[<>&]/g
/** Text of which nothing is escaped, as most is. */
const SIMPLE = /^[ !#-%'-;=?-[\]-~]*$/
const STRAY = /[\ud800-\udfff]/u
const LINE_SEPARATORS = /[\u2028\u2029]/g

/**
 * A string as Go's encoding/json writes it.
 * @param escapeHtml whether `<`, `>` and `&` become `\u003c` and so on, as json.Marshal does unless told otherwise
 */
export function jsonString(text: string, escapeHtml: boolean): string {
  if (SIMPLE.test(text)) return `"${text}"`
  const plain = (text.isWellFormed() ? JSON.stringify(text) : withoutStrays(text)).replace(
    LINE_SEPARATORS,
    unicodeEscape,
  )
  return escapeHtml ? plain.replace(HTML, unicodeEscape) : plain
}

/** What is no character, such as one cut in half, becomes the escape of U+FFFD. */
function withoutStrays(text: string): string {
  const pieces = text.split(STRAY).map((piece) => JSON.stringify(piece).slice(1, -1))
  return `"${pieces.join('\\ufffd')}"`
}

/**
 * Escapes `<`, `>` and `&` in JSON as json.Marshal does. Outside strings JSON does not contain these characters.
 */
export function escapeJsonHtml(json: string): string {
  return json.replace(HTML, unicodeEscape).replace(LINE_SEPARATORS, unicodeEscape)
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
