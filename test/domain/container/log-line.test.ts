import { describe, expect, test } from 'vitest'
import { encodeFrame } from '../../../src/domain/container/frames.ts'
import { type LogLine, LogLineReader } from '../../../src/domain/container/log-line.ts'

const T1 = '2026-01-02T03:04:05.000000001Z'
const T2 = '2026-01-02T03:04:05.000000002Z'
const bytes = (text: string) => new TextEncoder().encode(text)
const frame = (text: string, stream: LogLine['stream'] = 'stdout') => encodeFrame(stream, [bytes(text)])

function read(isRaw: boolean, body: Uint8Array, size: number): { text: string; time: string; stream: string }[] {
  const reader = new LogLineReader(isRaw)
  const lines: LogLine[] = []
  for (let at = 0; at < body.length; at += size) lines.push(...reader.read(body.subarray(at, at + size)))
  lines.push(...reader.end())
  return lines.map(({ bytes, time, stream }) => ({ text: new TextDecoder().decode(bytes), time, stream }))
}

describe.each([1, 7, 100_000])('in chunks of %i bytes', (size) => {
  test('frames are lines, and the pieces of a long line become one', () => {
    const body = Buffer.concat([
      ...[`${T1} one\n`, `${T1} ${'x'.repeat(50)}`].map((text) => frame(text)),
      frame(`${T2} err\n`, 'stderr'),
      frame(`${T2} end\n`),
      frame(`${T2} part`),
    ])
    expect(read(false, body, size)).toEqual([
      { text: 'one\n', time: T1.slice(0, -1), stream: 'stdout' },
      { text: 'err\n', time: T2.slice(0, -1), stream: 'stderr' },
      { text: `${'x'.repeat(50)}end\n`, time: T1.slice(0, -1), stream: 'stdout' },
      { text: 'part', time: T2.slice(0, -1), stream: 'stdout' },
    ])
  })

  test('a raw stream is cut at newlines, and pieces lose their timestamps', () => {
    const long = `${'y'.repeat(16384)}${T2} ${'z'.repeat(10)}`
    expect(read(true, bytes(`${T1} one\r\n${T2} ${long}\n${T2} part`), size)).toEqual([
      { text: 'one\r\n', time: T1.slice(0, -1), stream: 'stdout' },
      { text: `${'y'.repeat(16384)}${'z'.repeat(10)}\n`, time: T2.slice(0, -1), stream: 'stdout' },
      { text: 'part', time: T2.slice(0, -1), stream: 'stdout' },
    ])
  })
})

test.each([
  ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000000'],
  ['2026-01-02T03:04:05.5Z', '2026-01-02T03:04:05.500000000'],
  ['2026-01-02T03:04:05.123456789+02:00', '2026-01-02T01:04:05.123456789'],
  ['2026-01-02T00:00:00-00:30', '2026-01-02T00:30:00.000000000'],
])('%s is %s in UTC', (timestamp, time) => {
  expect(read(true, bytes(`${timestamp} x\n`), 100)).toEqual([{ text: 'x\n', time, stream: 'stdout' }])
})

test.each([
  'no time\n',
  'x',
  '2026-13-45 x\n',
])('%o, which has no timestamp, keeps all of its text and its place', (text) => {
  const lines = read(false, Buffer.concat([frame(`${T1} one\n`), frame(text)]), 100)
  expect(lines[1]).toEqual({ text, time: T1.slice(0, -1), stream: 'stdout' })
})

test('a line without an end is cut, so that memory is bounded', () => {
  const lines = read(true, bytes(`${T1} ${'x'.repeat(3_000_000)}`), 65_536)
  expect(lines.map(({ text }) => text).join('')).toBe('x'.repeat(3_000_000))
  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(1024 * 1024 + 65_536)
})

test('a raw line that is cut loses the timestamps of all of its pieces', () => {
  const piece = 'x'.repeat(16384)
  const body = bytes(`${Array.from({ length: 200 }, () => `${T1} ${piece}`).join('')}${T1} end\r\n`)
  for (const size of [1000, 65_536, 1_000_000]) {
    const text = read(true, body, size).map((line) => line.text)
    expect(text.join('')).toBe(`${piece.repeat(200)}end\r\n`)
    expect(text.length).toBeGreaterThan(1)
  }
})

test('an error of the daemon in the stream is thrown', () => {
  const error = frame('no luck')
  error[0] = 3
  expect(() => read(false, error, 100)).toThrow('error from daemon in stream: no luck')
})
