/** Characters that terminals act on or do not display: control characters, text direction, line separators. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Escapes the characters in untrusted text that a terminal acts on or does not display, as `\x1b` or `\u{202e}`, so that it
 * can be displayed and copied. This is for tug's own output only; output that docker prints too keeps its bytes.
 */
export function makeVisible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** Returns the line of a hint. Hints contain names that others chose, and people copy commands from them. */
export function hintLine(hint: string): string {
  return `hint: ${makeVisible(hint)}\n`
}
