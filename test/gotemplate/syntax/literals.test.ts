import { expect, test } from 'vitest'
import { parseNumber } from '../../../src/gotemplate/syntax/literals.ts'

test.each([
  `0${'7'.repeat(2000)}9`,
  `${'1'.repeat(2000)}z`,
  `0x${'a'.repeat(2000)}z`,
])('refuses a long number with a wrong end without delay', (text) => {
  expect(parseNumber(text)).toEqual(expect.any(String))
})
