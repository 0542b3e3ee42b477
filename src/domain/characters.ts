/**
 * Returns whether every character of a text is one of some. A regular expression would say the same, but creating one takes
 * as long as checking a hundred texts, which counts while a command starts.
 */
export function consistsOf(text: string, characters: string): boolean {
  for (const character of text) if (!characters.includes(character)) return false
  return true
}

/** The decimal digits of ASCII. */
export const DIGITS = '0123456789'
