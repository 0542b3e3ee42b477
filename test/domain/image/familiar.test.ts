import fc from 'fast-check'
import { expect, test } from 'vitest'
import { familiarName, parseFamiliar, parseReference } from '../../../src/domain/image/reference.ts'

const piece = fc.constantFrom(
  'a',
  'nginx',
  'library',
  'localhost',
  'docker.io',
  '/',
  ':',
  '@',
  '1.2',
  '-',
  '_',
  'A',
  '5000',
  'f'.repeat(64),
)

test('names that are short already read as those that are read in full', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join('')
      let inFull: unknown
      try {
        const { tag = '', digest = '', ...rest } = parseReference(text)
        inFull = { name: familiarName({ tag, digest, ...rest }), tag, digest }
      } catch {
        inFull = undefined
      }
      expect(parseFamiliar(text)).toEqual(inFull)
    }),
    { numRuns: 2000 },
  )
})
