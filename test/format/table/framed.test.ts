import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatFramedTable } from '../../../src/format/table/framed.ts'
import { longestWord, wrap } from '../../../src/format/table/wrap.ts'
import { textWidth } from '../../../src/format/text/width.ts'
import { containerView } from '../../../src/format/views/container/list.ts'
import { imageView } from '../../../src/format/views/image/list.ts'
import { CONTAINERS, IMAGES } from '../cases/lists.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', ',', '日', '…'), maxLength: 40 })
const now = new Date(1_800_000_000_000)
const containers = { format: 'pretty', quiet: false, noTrunc: false, size: false }

describe('wrapping', () => {
  test('removes nothing but spaces and keeps to the width', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (line, width) => {
        const lines = wrap(line, width)
        expect(lines.join('').replaceAll(' ', '')).toBe(line.replaceAll(' ', ''))
        expect(Math.max(...lines.map((part) => textWidth(part.trimEnd())))).toBeLessThanOrEqual(width)
      }),
    )
  })

  test('keeps words whole that fit a line', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
        const lines = wrap(words.join(' '), Math.max(8, longestWord(words.join(' '))))
        expect(lines.flatMap((line) => line.split(' '))).toEqual(words)
      }),
    )
  })
})

describe('a framed table', () => {
  test('contains every cell, in lines of equal width', () => {
    const cells = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,12}$/), fc.stringMatching(/^[a-z]{1,12}$/)), {
      minLength: 1,
      maxLength: 5,
    })
    fc.assert(
      fc.property(cells, (rows) => {
        const table = formatFramedTable(
          [{ text: 'A' }, { text: 'B' }],
          rows.map((row) => row.map((cell) => ({ text: cell }))),
          80,
        )
        for (const cell of rows.flat()) expect(table).toContain(` ${cell} `)
        expect(
          new Set(
            table
              .trimEnd()
              .split('\n')
              .map((line) => textWidth(line)),
          ).size,
        ).toBe(1)
      }),
    )
  })

  test('fits the terminal if its words allow it', async () => {
    const view = await containerView(containers, { width: 100 })
    const lines = view.render(CONTAINERS, now).trimEnd().split('\n')
    expect(Math.max(...lines.map((line) => textWidth(line)))).toBeLessThanOrEqual(100)
    expect(lines.join('\n')).toContain('localhost:5000/x:tag')
  })
})

test('prints a list of more than 500 rows in plain columns', async () => {
  const many = Array.from({ length: 501 }, () => CONTAINERS[0] ?? {})
  const plain = await containerView({ ...containers, format: '' })
  expect((await containerView(containers)).render(many, now)).toBe(plain.render(many, now))
})

test('prints ids only for quiet, also in the format pretty', async () => {
  expect((await containerView({ ...containers, quiet: true })).render(CONTAINERS.slice(0, 1), now)).toBe(
    'aaaaaaaaaaaa\n',
  )
  const images = await imageView({ format: 'pretty', quiet: true, noTrunc: false, digests: false })
  expect(images.render(IMAGES.slice(0, 1), now)).toBe('aaaaaaaaaaaa\n')
})

describe('colors', () => {
  const state = (State: string, Status: string) => ({ ...CONTAINERS[0], State, Status })

  test.each([
    ['running', 'Up 2 minutes', '\u001b[32m'],
    ['running', 'Up 2 minutes (unhealthy)', '\u001b[31m'],
    ['paused', 'Up 2 minutes (Paused)', '\u001b[33m'],
    ['exited', 'Exited (0) 2 hours ago', '\u001b[2m'],
    ['exited', 'Exited (137) 2 hours ago', '\u001b[31m'],
    ['created', 'Created', '\u001b[2m'],
  ])('color the state of a container that is %s: %s', async (State, Status, color) => {
    const table = await containerView({ ...containers, format: '' }, { colorLevel: 1 })
    expect(table.render([state(State, Status)], now)).toContain(color + Status)
    const pretty = await containerView(containers, { colorLevel: 1, width: 200 })
    expect(pretty.render([state(State, Status)], now)).toContain(color + Status)
  })

  test.each(['', 'pretty'])('do not change the text in format %j', async (format) => {
    const at = async (colorLevel: 0 | 1) => [
      (await containerView({ ...containers, format }, { colorLevel })).render(CONTAINERS, now),
      (await imageView({ format, quiet: false, noTrunc: false, digests: true }, { colorLevel })).render(IMAGES, now),
    ]
    expect((await at(1)).map(stripVTControlCharacters)).toEqual(await at(0))
    expect((await at(1)).join('')).not.toBe((await at(0)).join(''))
  })
})
