import { expect, test } from 'vitest'
import { formatFramedTable } from '../../../src/format/table/framed.ts'
import { hintLine, makeVisible } from '../../../src/format/text/visible.ts'

test.each([
  ['plain - text_1.2 with ünïcödé 日本', 'plain - text_1.2 with ünïcödé 日本'],
  ['\x1b[2J\x07', '\\x1b[2J\\x07'],
  ['a\rb\nc\td\x7f', 'a\\x0db\\x0ac\\x09d\\x7f'],
  ['\x9b31m', '\\x9b31m'],
  ['a\u202eb\u2066\u200b', 'a\\u{202e}b\\u{2066}\\u{200b}'],
  ['\u2028', '\\u{2028}'],
  ['\0', '\\x00'],
])('displays %j as %j', (text, shown) => {
  expect(makeVisible(text)).toBe(shown)
})

test('escapes hints and the cells of framed tables', () => {
  expect(hintLine('rm \x1b]0;x\x07\nls')).toBe('hint: rm \\x1b]0;x\\x07\\x0als\n')
  const color = (text: string) => `\x1b[2m${text}\x1b[0m`
  const table = formatFramedTable([{ text: 'NAME', color }], [[{ text: 'a\x1b[31m\rb\n80/tcp', color }]], 80)
  expect(table).toContain('\x1b[2ma\\x1b[31m\\x0db\x1b[0m')
  expect(table).toContain('\x1b[2m80/tcp')
})
