import { toBytes } from '../domain/go/bytes.ts'

/** The bytes to print for a text in which a template may have cut a character in half; the text itself if it has not. */
export function printable(text: string): string | Uint8Array {
  return text.isWellFormed() ? text : toBytes(text)
}
