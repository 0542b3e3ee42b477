const HTML = /[<>&]/g
const LINE_SEPARATORS = /[\u2028\u2029]/g

/**
 * A string as Go's encoding/json writes it.
 * @param escapeHtml whether `<`, `>` and `&` become `\u003c` and so on, as json.Marshal does unless told otherwise
 */
export function jsonString(text: string, escapeHtml: boolean): string {
  const plain = JSON.stringify(text).replace(LINE_SEPARATORS, unicodeEscape)
  return escapeHtml ? plain.replace(HTML, unicodeEscape) : plain
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
