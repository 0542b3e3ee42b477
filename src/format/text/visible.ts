/** Characters that a terminal obeys or hides: controls, those that turn the direction of text, and other lines' ends. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/**
 * Text from elsewhere as a person may look at it, and copy it: what a terminal would obey or hide is written as Go and
 * JavaScript do, `\x1b` or `\u202e`. For output of tug's own alone; what docker prints too keeps its bytes.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
  })
}

/** A hint as it is shown on a terminal. Hints name what others chose, and people copy commands out of them. */
export function hintLine(hint: string): string {
  return `hint: ${visible(hint)}\n`
}
