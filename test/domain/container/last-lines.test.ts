import { expect, test } from 'vitest'
import { LastLines } from '../../../src/domain/container/last-lines.ts'

function lastLines(...pieces: string[]): readonly string[] {
  const lines = new LastLines(3)
  for (const piece of pieces) lines.add(Buffer.from(piece, 'latin1'))
  return lines.lines()
}

test.each<[string[], string[]]>([
  [[], []],
  [['one'], ['one']],
  [['one\n'], ['one']],
  [
    ['one\ntw', 'o\nthree\nfour\n'],
    ['two', 'three', 'four'],
  ],
  [['one\r\ntwo\r\n'], ['one', 'two']],
  [['one\n\n'], ['one', '']],
  [['caf\xc3', '\xa9'], ['café']],
])('keeps the last lines of %j', (pieces, lines) => {
  expect(lastLines(...pieces)).toEqual(lines)
})

test('keeps a bounded part of a line without an end', () => {
  expect(lastLines(...Array<string>(100).fill('x'.repeat(1000))).join('').length).toBe(16 * 1024)
})
