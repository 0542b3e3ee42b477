import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { quoteShellWord, splitShellWords } from '../../src/domain/shell-words.ts'

describe('splitShellWords', () => {
  test.each([
    ['a b', ['a', 'b']],
    ['"a b" \'c "d"\' e\\ f', ['a b', 'c "d"', 'e f']],
    ['"a\\"b" \'c\\d\'', ['a"b', 'c\\d']],
    ['a#b # c\nd', ['a#b', 'd']],
    ['""', ['']],
    [' \t\r\n', []],
  ])('splits %j', (typed, words) => {
    expect(splitShellWords(typed)).toEqual(words)
  })

  test.each([
    ['"a', 'EOF found when expecting closing quote'],
    ['a\\', 'EOF found after escape character'],
  ])('refuses %j', (typed, reason) => {
    expect(() => splitShellWords(typed)).toThrow(reason)
  })

  test('splits quoted words as they were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        const quoted = words.map((word) => `'${word.replaceAll("'", "'\\''")}'`)
        expect(splitShellWords(quoted.join(' '))).toEqual(words)
      }),
    )
  })
})

test.each([
  ['web-1_a.b', 'web-1_a.b'],
  ['reg:5000/a/b@sha256:1', 'reg:5000/a/b@sha256:1'],
  ['', "''"],
  ['a b', "'a b'"],
  ['x; rm -rf ~', "'x; rm -rf ~'"],
  ['$(id)`id`', "'$(id)`id`'"],
  ["it's", "'it'\\''s'"],
])('quotes %j if a shell would change it', (word, quoted) => {
  expect(quoteShellWord(word)).toBe(quoted)
  expect(splitShellWords(quoted)).toEqual([word])
})

test.each([
  ['\x1b[31mred\x1b[0m', "$'\\033[31mred\\033[0m'"],
  ["it's\\\x07", "$'it\\'s\\\\\\007'"],
  ['\x9b1m', "$'\\302\\2331m'"],
  ['carriage\rreturn', "$'carriage\\015return'"],
])('quotes the control characters of %j, so that none reaches a terminal', (word, quoted) => {
  expect(quoteShellWord(word)).toBe(quoted)
  expect(execFileSync('bash', ['-c', `printf %s ${quoted}`], { encoding: 'utf8' })).toBe(word)
})
