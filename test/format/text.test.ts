import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goQuote } from '../../src/domain/go/quote.ts'
import { columns } from '../../src/format/table/columns.ts'
import { tabwriter } from '../../src/format/table/tabwriter.ts'
import { ellipsis, shortId } from '../../src/format/text/shorten.ts'
import { isEastAsian, textWidth } from '../../src/format/text/width.ts'
import { CLUSTERS, sampleText } from './cases/samples.ts'
import { golden } from './golden.ts'

const docker = new Map(golden('text').responses)

test('text is cut and quoted as docker does', () => {
  const ours = sampleText().map((text) => `${goQuote(ellipsis(text, 20))}\n`)
  expect(ours.join('')).toBe(docker.get('quoted')?.stdout)
})

test('any text is aligned as docker aligns it, broken cells and lines too', () => {
  const rows = sampleText().map((text) => `${text}\t${goQuote(ellipsis(text, 20))}\t<no image>\n`)
  expect(tabwriter(`STATUS\tCOMMAND\tIMAGE\n${rows.join('')}`)).toBe(docker.get('table')?.stdout)
})

test('a cluster of characters takes the columns docker gives it', () => {
  const [[, table] = []] = golden('clusters').responses
  expect(tabwriter(`STATUS\t.\n${CLUSTERS.map((text) => `${text}\t.\n`).join('')}`)).toBe(table?.stdout)
})

test.each([
  ['sha256:0123456789abcdef', '0123456789ab'],
  ['0123456789abcdef', '0123456789ab'],
  ['short', 'short'],
  ['', ''],
])('the short form of id %j', (id, short) => {
  expect(shortId(id)).toBe(short)
})

describe('columns', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '日', ' ', '…', '😀', '\t', '\n'), maxLength: 15 })
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

  test('are what the tab writer makes of the same cells', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, eastAsian) => {
        const text = rows.map((row) => `${row.join('\t')}\n`).join('')
        expect(columns(rows, { eastAsian })).toBe(tabwriter(text, { eastAsian }))
      }),
    )
  })

  test('begin at the same column in every line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^[a-z]{0,20}$/), fc.stringMatching(/^[a-z]{1,5}$/)), { minLength: 1 }),
        (rows) => {
          const start = Math.max(10, ...rows.map(([first]) => first.length + 3))
          for (const [index, line] of columns(rows).trimEnd().split('\n').entries()) {
            expect(line.slice(start)).toBe(rows[index]?.[1])
          }
        },
      ),
    )
  })

  test('color does not move them', () => {
    const rows = [
      ['NAME', 'STATE', ''],
      ['one', '', 'x'],
    ]
    const paint = (text: string) => `<${text}>`
    expect(columns(rows, { paint }).replace(/[<>]/g, '')).toBe(columns(rows))
    expect(columns(rows, { paint })).toBe('<NAME>      <STATE>     \n<one>                 <x>\n')
  })
})

test('the width of text is the sum of its parts', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z日本…é]*$/), fc.stringMatching(/^[a-z日本…é]*$/), (a, b) => {
      expect(textWidth(a + b)).toBe(textWidth(a) + textWidth(b))
    }),
  )
})

test.each([
  [{}, false],
  [{ LANG: 'C.UTF-8' }, false],
  [{ LANG: 'en_US.UTF-8' }, false],
  [{ LANG: 'ja_JP.UTF-8' }, true],
  [{ LANG: 'ja_JP.UTF-8', LC_ALL: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'zh_CN.UTF-8' }, true],
  [{ LANG: 'ko_KR.eucKR' }, true],
  [{ LANG: 'zh_CN.GBK' }, true],
  [{ LANG: 'ja_JP.UTF-8@cjk_narrow' }, false],
  [{ LANG: 'ja_JP.UTF-8', RUNEWIDTH_EASTASIAN: '0' }, false],
  [{ RUNEWIDTH_EASTASIAN: '1' }, true],
])('is %o an East Asian locale', (env, expected) => {
  expect(isEastAsian(env)).toBe(expected)
})
