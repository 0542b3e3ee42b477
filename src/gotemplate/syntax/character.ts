/** Whether a character is one of these. */
export function isOneOf(characters: string, character: string): boolean {
  return character !== '' && characters.includes(character)
}

/** Whether a character is a space to Go's templates. */
export function isSpace(character: string): boolean {
  return isOneOf(' \t\r\n', character)
}

/** Whether a character may be in a name. */
export function isWord(character: string): boolean {
  if (character >= '\x80') return /[\p{L}\p{Nd}]/u.test(character)
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    character === '_'
  )
}
