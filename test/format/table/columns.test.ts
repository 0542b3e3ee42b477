import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { goQuote } from '../../../src/domain/go/quote.ts'
import { columns } from '../../../src/format/table/columns.ts'
import { tabwriter } from '../../../src/format/table/tabwriter.ts'
import { truncateText } from '../../../src/format/text/truncate.ts'
import { CLUSTERS, sampleText } from '../cases/samples.ts'
import { golden } from '../golden.ts'

const docker = new Map(golden('text').responses)

test('aligns any text as docker does, also if it ends cells and lines', () => {
  const rows = sampleText().map((text) => `${text}\t${goQuote(truncateText(text, 20))}\t<no image>\n`)
  expect(tabwriter(`STATUS\tCOMMAND\tIMAGE\n${rows.join('')}`)).toBe(docker.get('table')?.stdout)
})

test('gives a grapheme cluster the width that docker does', () => {
  const [[, table] = []] = golden('clusters').responses
  expect(tabwriter(`STATUS\t.\n${CLUSTERS.map((text) => `${text}\t.\n`).join('')}`)).toBe(table?.stdout)
})

describe('columns', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', '日', ' ', '…', '😀', '\t', '\n'), maxLength: 15 })
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))

  test('align cells as the tab writer does', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, eastAsian) => {
        const text = rows.map((row) => `${row.join('\t')}\n`).join('')
        expect(columns(rows, { eastAsian })).toBe(tabwriter(text, { eastAsian }))
      }),
    )
  })

  test('begin at the same position in every line', () => {
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

  test('are not moved by color', () => {
    const rows = [
      ['NAME', 'STATE', ''],
      ['one', '', 'x'],
    ]
    const paint = (text: string) => `<${text}>`
    expect(columns(rows, { paint }).replace(/[<>]/g, '')).toBe(columns(rows))
    expect(columns(rows, { paint })).toBe('<NAME>      <STATE>     \n<one>                 <x>\n')
  })
})
