import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parseDotenv } from '../../../src/domain/container/dotenv.ts'

interface Cases {
  readonly accepted: readonly (readonly [text: string, variables: string[]])[]
  readonly refused: readonly (readonly [text: string, message: string])[]
}

const cases: Cases = JSON.parse(readFileSync(new URL('dotenv.json', import.meta.url), 'utf8'))
const ENVIRONMENT = { HOME: '/home/ada', EMPTY: '', A: 'from the environment' }
const parse = (text: string) => parseDotenv(text, ENVIRONMENT)

test.each(cases.accepted)('reads %j', (text, variables) => {
  expect(parse(text)).toEqual(variables)
})

test.each(cases.refused)('refuses %j', (text, message) => {
  expect(() => parse(text)).toThrow(new Error(message))
})

test('bounds values that double with each line', () => {
  const lines = ['A0=0123456789', ...Array.from({ length: 60 }, (_, n) => `A${n + 1}=$A${n}$A${n}`)]
  expect(() => parse(lines.join('\n'))).toThrow('the values are too long')
})

test('reads large files in linear time', () => {
  expect(parse('# comment\n\n'.repeat(200_000))).toEqual([])
  expect(parse(`A="${'\\"'.repeat(500_000)}"`)).toEqual([`A=${'"'.repeat(500_000)}`])
})
