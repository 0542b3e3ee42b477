import { expect, test } from 'vitest'
import { interpolate } from '../../../src/domain/stack/interpolate.ts'

const lookUp = (name: string) => (name === 'SET' ? 'set' : undefined)

test.each([
  // docker 28.2.2, `stack config`
  ['a}$SET', 'a}set'],
  ['}$X-b', '}b'],
  ['$$SET}', '$SET}'],
])('replaces the variables of %s', (text, expected) => {
  expect(interpolate(new Map([['x-a', text]]), lookUp).get('x-a')).toBe(expected)
})

test('refuses very many braces that are not closed', () => {
  const text = '${A:-'.repeat(200_000)
  expect(() => interpolate(new Map([['x-a', text]]), lookUp)).toThrow('invalid interpolation format for x-a')
})
