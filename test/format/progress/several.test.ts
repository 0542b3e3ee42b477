import { describe, expect, test } from 'vitest'
import type { JsonMessage } from '../../../src/domain/image/json-message.ts'
import { SeveralDisplay } from '../../../src/format/progress/several.ts'

const layer = (id: string, status: string, current?: number, total?: number): JsonMessage => ({
  id,
  status,
  progressDetail: current === undefined ? {} : { current, ...(total === undefined ? {} : { total }) },
})

/** A display whose clock moves on with each reading, and what it has written. */
function openDisplay(columns: number) {
  let written = ''
  let time = 0
  const write = (text: string) => {
    written += text
  }
  const display = new SeveralDisplay({ isTerminal: true, columns, write }, () => {
    time += 100
    return new Date(time)
  })
  /** Returns the lines of the last redraw. */
  const lines = () =>
    written
      .slice(written.lastIndexOf('\x1b[J') + 3)
      .split('\n')
      .slice(0, -1)
  return { display, lines, written: () => written }
}

describe('SeveralDisplay', () => {
  test('counts the layers of each image separately, even if they have the same ids', () => {
    const { display, lines } = openDisplay(160)
    const [a, b] = [display.start('a'), display.start('b')]
    display.update(a, { id: 'latest', status: 'Pulling from library/a' })
    expect(lines()).toEqual(['a: Pulling from library/a', 'b: Waiting'])
    for (const [image, current] of [
      [a, 500_000],
      [b, 1_000_000],
    ] as const) {
      display.update(image, layer('0123', 'Already exists'))
      display.update(image, layer('4567', 'Downloading', current, 2_000_000))
    }
    expect(lines()).toEqual([
      `a: 1/2 layers [${'='.repeat(12)}>${' '.repeat(38)}]    500kB/2MB`,
      `b: 1/2 layers [${'='.repeat(25)}>${' '.repeat(25)}]      1MB/2MB`,
    ])
    display.update(a, layer('4567', 'Download complete'))
    display.update(a, layer('4567', 'Extracting', 1, 10))
    expect(lines()[0]).toContain('1/2 layers [===')
    expect(lines()[0]).toContain('2MB/2MB')
    display.update(a, layer('4567', 'Pull complete'))
    expect(lines()[0]).toContain('a: 2/2 layers')
  })

  test('keeps the lines of images that have ended above those that are redrawn', () => {
    const { display, lines, written } = openDisplay(80)
    const [a, b] = [display.start('a'), display.start('b')]
    display.update(a, { status: 'Status: Downloaded newer image for a:latest' })
    display.end(a)
    expect(lines()).toEqual(['a: Downloaded newer image for a:latest', 'b: Waiting'])
    display.end(b, 'failed: no such image')
    expect(written().endsWith('\x1b[1A\r\x1b[Jb: failed: no such image\n')).toBe(true)
  })

  test('neither wraps a line nor passes on control characters', () => {
    const { display, lines } = openDisplay(20)
    const image = display.start('registry.example.com/a')
    display.update(image, { status: '\x1b[2Jx\nx' })
    expect(lines()).toEqual(['registry.example.c…'])
    display.end(display.start('b'), '\x1b[2J\n')
    expect(lines()[0]).toBe('b: \\x1b[2J\\x0a')
  })

  test('holds a bounded number of layers', () => {
    const { display, lines } = openDisplay(80)
    const image = display.start('a')
    for (let id = 0; id < 5000; id++) display.update(image, layer(`${id}`, 'Waiting'))
    expect(lines()).toEqual(['a: 0/1000 layers'])
  })
})
