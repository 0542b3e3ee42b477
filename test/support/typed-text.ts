import fc from 'fast-check'
import { expect } from 'vitest'

const word = fc.oneof(
  fc.constantFrom('type', 'bind', 'source', 'target', 'name', 'count', 'all', 'host', 'container', 'nofile', 'rwm'),
  fc.constantFrom('/', '/dev/null', '.', '..', '~', '::1', '127.0.0.1', '[::1]', '0', '1', '80', '-1', '1e9', '0x10'),
  fc.constantFrom('__proto__', 'constructor', 'toString', 'a'.repeat(300), 'ü', '\u{1F40B}', '\0', '\n', '"', "'"),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const separator = fc.constantFrom('=', ':', ',', '/', '-', '+', '.', ' ', '@', '')

/** Words and separators of the flags' grammars, mixed with invalid ones. Such texts get further into a parser than random letters. */
const typedText = fc
  .array(fc.tuple(word, separator), { maxLength: 8 })
  .map((pairs) => pairs.map(([text, mark]) => text + mark).join(''))

/** Checks that a parser of typed text returns, or throws an Error with a message, for any text. */
export function expectParsesOrRefuses(parse: (text: string) => unknown): void {
  fc.assert(
    fc.property(typedText, (text) => {
      try {
        parse(text)
      } catch (error) {
        // A TypeError or RangeError is a mistake in the parser.
        if (!(error instanceof Error) || error.constructor !== Error) throw error
        expect(error.message).not.toBe('')
        expect(error.message).not.toMatch(/undefined|NaN|\[object/)
      }
    }),
    { numRuns: 500 },
  )
}

/** Lower-case letters and digits. */
export const lowerCaseWord = (maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abcxyz019'), minLength: 1, maxLength })

/** Absolute paths. */
export const absolutePath = fc
  .array(lowerCaseWord(6), { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`)

/** Texts without line breaks. */
export const lineOfText = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n\0]/.test(text))
