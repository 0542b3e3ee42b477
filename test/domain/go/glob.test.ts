import { expect, test } from 'vitest'
import { compileGlob, hasWildcards } from '../../../src/domain/go/glob.ts'

// The cases are from the tests of Go's path/filepath.
test.each([
  ['abc', 'abc', true],
  ['*', 'abc', true],
  ['*c', 'abc', true],
  ['a*', 'a', true],
  ['a*b*c*d*e*', 'axbxcxdxe', true],
  ['a*b?c*x', 'abxbbxdbxebxczzx', true],
  ['a*b?c*x', 'abxbbxdbxebxczzy', false],
  ['ab[c]', 'abc', true],
  ['ab[b-d]', 'abc', true],
  ['ab[e-g]', 'abc', false],
  ['ab[^c]', 'abc', false],
  ['ab[^e-g]', 'abc', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'ab', false],
  ['a?b', 'a☺b', true],
  ['a[^a]b', 'a☺b', true],
  ['a???b', 'a☺b', false],
  ['[a-ζ]*', 'α', true],
  ['*[a-ζ]', 'A', false],
  ['[\\]a]', ']', true],
  ['[\\-]', '-', true],
  ['[x\\-]', 'z', false],
  ['[]a]', ']', false],
  ['[-]', '-', false],
  ['[a-b-c]', 'a', false],
  ['[', 'a', false],
  ['a[', 'a', false],
  ['*x', 'xxx', true],
  ['a.c', 'abc', false],
  ['.', '.', true],
])('matches the pattern %s with %s: %s', (pattern, name, isMatch) => {
  expect(compileGlob(pattern)(name)).toBe(isMatch)
})

test.each([
  ['a*', true],
  ['a?', true],
  ['[a]', true],
  ['a\\*', false],
  ['plain', false],
  ['\\\\*', true],
])('finds wildcards in %s: %s', (name, expected) => {
  expect(hasWildcards(name)).toBe(expected)
})
