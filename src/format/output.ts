import { toBytes } from '../domain/go/bytes.ts'

/**
 * Returns text in the form in which it is written: unchanged, or as bytes if a template cut a character in half (see
 * `src/domain/go/bytes.ts`).
 */
export function printable(text: string): string | Uint8Array {
  return text.isWellFormed() ? text : toBytes(text)
}
