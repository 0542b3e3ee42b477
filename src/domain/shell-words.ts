/**
 * Splits a text into words as a shell does: quotes, backslashes, and `#` at the start of a word for a comment to the end of
 * the line (google/shlex, which docker uses).
 * @throws Error with docker's message
 */
export function splitShellWords(text: string): string[] {
  const characters = [...text]
  const words: string[] = []
  let at = 0
  while (at < characters.length) {
    const character = characters[at] ?? ''
    if (isSpace(character)) at++
    else if (character === '#') at = endOfLine(characters, at)
    else {
      const { word, next } = readWord(characters, at)
      words.push(word)
      at = next
    }
  }
  return words
}

function readWord(characters: readonly string[], start: number): { word: string; next: number } {
  let word = ''
  let quote = ''
  let at = start
  for (; at < characters.length; at++) {
    const character = characters[at] ?? ''
    if (character === '\\' && quote !== "'") {
      at++
      if (at >= characters.length) throw new Error('EOF found after escape character')
      word += characters[at]
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '"' || character === "'") quote = character
    else if (isSpace(character)) break
    else word += character
  }
  if (quote !== '') throw new Error('EOF found when expecting closing quote')
  return { word, next: at }
}

function endOfLine(characters: readonly string[], start: number): number {
  const found = characters.indexOf('\n', start)
  return found < 0 ? characters.length : found
}

function isSpace(character: string): boolean {
  return ' \t\r\n'.includes(character)
}

/**
 * Quotes a word for a POSIX shell, if the shell would change it otherwise. Control characters are written as numbers, so that
 * none reaches a terminal.
 */
export function quoteShellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return CONTROL.test(word) ? `$'${word.replaceAll(SPECIAL, escapeCharacter)}'` : `'${word.replaceAll("'", `'\\''`)}'`
}

/** The control characters but tab and line feed. */
const CONTROL = /(?![\t\n])\p{Cc}/u
const SPECIAL = /['\\]|(?![\t\n])\p{Cc}/gu

/** Returns the escape sequence of a character between `$'` and `'`, where a control character is one or two octal bytes. */
function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
