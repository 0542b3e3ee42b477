import { expect, test } from 'vitest'
import { shellQuote } from '../../src/domain/shell-quote.ts'
import { splitShellWords } from '../../src/domain/shell-words.ts'

test.each([
  ['web-1_a.b', 'web-1_a.b'],
  ['reg:5000/a/b@sha256:1', 'reg:5000/a/b@sha256:1'],
  ['', "''"],
  ['a b', "'a b'"],
  ['x; rm -rf ~', "'x; rm -rf ~'"],
  ['$(id)`id`', "'$(id)`id`'"],
  ["it's", "'it'\\''s'"],
])('%j', (word, quoted) => {
  expect(shellQuote(word)).toBe(quoted)
  expect(splitShellWords(quoted)).toEqual([word])
})
