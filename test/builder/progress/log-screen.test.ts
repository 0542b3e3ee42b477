import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LogScreen } from '../../../src/builder/progress/log-screen.ts'

const HEIGHT = 4
const WIDTH = 12

function rowsAfter(...writes: (string | Uint8Array)[]): string[] {
  const screen = new LogScreen(HEIGHT, WIDTH)
  for (const data of writes) screen.write(typeof data === 'string' ? Buffer.from(data) : data)
  return screen.usedRows().map((row) => row.trimEnd())
}

/** Text with control sequences of terminals. */
const OUTPUT = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.constantFrom('\n', '\r', '\b', '\t', '\x1b', '\x1b[', '\x9b', '"', ';'),
      fc.constantFrom(
        '\x1b[2K',
        '\x1b[A',
        '\x1b[3;2H',
        '\x1b[999C',
        '\x1b[J',
        '\x1b7',
        '\x1b8',
        '\x1b[1J',
        '\x1b[?25l',
      ),
    ),
    { maxLength: 20 },
  )
  .map((pieces) => Buffer.from(pieces.join('')))

describe('the screen of a running log', () => {
  test.each([
    { does: 'keeps the last rows', writes: ['1\n2\n3\n4\n5\n'], rows: ['2', '3', '4', '5'] },
    { does: 'goes on in the next row', writes: ['0123456789abcdef'], rows: ['0123456789ab', 'cdef'] },
    { does: 'overwrites', writes: ['10%\r20%'], rows: ['20%'] },
    { does: 'takes a character in two pieces', writes: [Uint8Array.of(0xc3), Uint8Array.of(0xbc, 0x0a)], rows: ['ü'] },
    { does: 'shows invalid UTF-8', writes: [Uint8Array.of(0x66, 0xff, 0x67)], rows: ['f\ufffdg'] },
    { does: 'takes a sequence in pieces', writes: ['old\x1b', '[2', 'K\rnew'], rows: ['new'] },
    { does: 'leaves colors out', writes: ['\x1b[1;31mred\x1b[0m'], rows: ['red'] },
    { does: 'ignores numbers that are none', writes: ['a\x1b[xHb\x1b[;Hc'], rows: ['aHbc'] },
    { does: 'stays within its bounds', writes: ['\x1b[99;99Hx\x1b[99Ay'], rows: ['y', '           x'] },
    { does: 'forgets a sequence without an end', writes: [`a\x1b[${'1'.repeat(300)}`, 'm', 'b'], rows: ['amb'] },
  ])('$does', ({ writes, rows }) => {
    expect(rowsAfter(...writes)).toEqual(rows)
  })

  test('gives the same result for output in pieces of any size', () => {
    fc.assert(
      fc.property(OUTPUT, fc.array(fc.nat(200), { maxLength: 5 }), (output, cuts) => {
        const ends = [...cuts.map((cut) => Math.min(cut, output.length)), output.length].sort((a, b) => a - b)
        const pieces = ends.map((end, index) => output.subarray(ends[index - 1] ?? 0, end))
        expect(rowsAfter(...pieces)).toEqual(rowsAfter(output))
      }),
    )
  })

  test('keeps its size, whatever is written and however it is resized', () => {
    const size = fc.record({ height: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: -3, max: 20 }) })
    fc.assert(
      fc.property(fc.array(fc.tuple(OUTPUT, size), { maxLength: 5 }), (steps) => {
        const screen = new LogScreen(HEIGHT, WIDTH)
        for (const [output, { height, width }] of steps) {
          screen.write(output)
          screen.resize(height, width)
          expect(screen.rows).toHaveLength(height)
          for (const row of screen.rows) expect(row).toHaveLength(Math.max(1, width))
        }
      }),
    )
  })
})
