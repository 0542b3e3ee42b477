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

/** Quotes a word for a POSIX shell, if the shell would change it otherwise. */
export function quoteShellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
