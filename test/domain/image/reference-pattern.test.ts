import { expect, test } from 'vitest'
import { parseReferencePattern } from '../../../src/domain/image/reference-pattern.ts'

const NAMES = [
  'app:1',
  'app2:1',
  'team/app:1',
  'team/app:2',
  'reg.example:5000/a/b/app:1',
  'reg.example:5000/a/b/app@sha256:0123',
  'reg.example:5000/app/web:1',
]

test.each([
  ['**/app:*', ['app:1', 'team/app:1', 'team/app:2', 'reg.example:5000/a/b/app:1']],
  [
    '**/app',
    ['app:1', 'team/app:1', 'team/app:2', 'reg.example:5000/a/b/app:1', 'reg.example:5000/a/b/app@sha256:0123'],
  ],
  ['reg.example:5000/**', NAMES.slice(4)],
  ['reg.example:5000/**/app', NAMES.slice(4, 6)],
  ['**/a/**:1', ['reg.example:5000/a/b/app:1']],
  ['**:2', ['team/app:2']],
  ['**/app?', ['app2:1']],
  ['**/[a-m]pp:[^1]', ['team/app:2']],
  ['**/ap\\p:2', ['team/app:2']],
  ['t**m/*:1', ['team/app:1']],
  ['**', NAMES],
  ['**/nosuch', []],
])('%s matches %j', (pattern, matches) => {
  expect(NAMES.filter(parseReferencePattern(pattern))).toEqual(matches)
})

test.each(['**[', '**/[]', '**[a-', '**[^]', '**\\', '**[a-]'])('refuses %s', (pattern) => {
  expect(() => parseReferencePattern(pattern)).toThrow(`invalid filter 'reference=${pattern}': syntax error in pattern`)
})

test('takes bounded time for many stars', () => {
  expect(parseReferencePattern(`${'**a'.repeat(60)}b`)('a'.repeat(400))).toBe(false)
})
