import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lex } from '../../../src/gotemplate/syntax/lex.ts'

const piece = fc.constantFrom(
  '{{',
  '}}',
  '{{- ',
  ' -}}',
  '.A',
  '$x',
  '"s"',
  '`r`',
  "'c'",
  '12',
  '|',
  '(',
  ')',
  ' ',
  '\n',
  'if',
  'end',
  ':=',
  '/*',
  '*/',
  '日',
  'text',
)
const source = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))

test('ends with eof or with one error for any text', () => {
  fc.assert(
    fc.property(source, (text) => {
      const types = lex(text).map(({ type }) => type)
      expect(['eof', 'error']).toContain(types.at(-1))
      expect(types.slice(0, -1)).not.toContain('error')
    }),
  )
})

test('gives each token its text, position and line', () => {
  fc.assert(
    fc.property(source, (text) => {
      for (const token of lex(text)) {
        if (token.type !== 'error') expect(text.startsWith(token.text, token.position)).toBe(true)
        expect(token.line).toBe(text.slice(0, token.position).split('\n').length)
      }
    }),
  )
})

test('produces one token for text without actions', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      fc.pre(!text.includes('{{'))
      expect(lex(text)).toEqual([
        { type: 'text', text, position: 0, line: 1 },
        { type: 'eof', text: '', position: text.length, line: text.split('\n').length },
      ])
    }),
  )
})
