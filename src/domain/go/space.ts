/** Removes white space at both ends, as Go's `strings.TrimSpace` does: U+0085 is white space and U+FEFF is not. */
export function trimSpace(text: string): string {
  // White space in ASCII is not above the space, and most texts have ASCII at both ends.
  const isTrimmed = isVisibleAscii(text[0]) && isVisibleAscii(text[text.length - 1])
  return isTrimmed ? text : text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')
}

function isVisibleAscii(character: string | undefined): boolean {
  return character !== undefined && character > ' ' && character <= '~'
}
