import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FrameReader } from '../../../src/domain/container/frames.ts'

function frame(kind: number, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length)
  bytes[0] = kind
  new DataView(bytes.buffer).setUint32(4, payload.length)
  bytes.set(payload, 8)
  return bytes
}

const text = (content: string) => new TextEncoder().encode(content)
const join = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))

describe('FrameReader', () => {
  test('frames cut anywhere give the same two streams', () => {
    const frames = fc.array(fc.record({ kind: fc.constantFrom(0, 1, 2), payload: fc.uint8Array({ maxLength: 20 }) }))
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (sent, cuts) => {
        const wire = join(sent.map(({ kind, payload }) => frame(kind, payload)))
        const reader = new FrameReader()
        const got: Record<string, number[]> = { stdout: [], stderr: [] }
        for (let at = 0, i = 0; at < wire.length; i++) {
          const length = cuts[i % cuts.length] ?? 1
          for (const { stream, bytes } of reader.read(wire.subarray(at, at + length))) got[stream]?.push(...bytes)
          at += length
        }
        const of = (wanted: boolean) => [
          ...join(sent.filter(({ kind }) => (kind === 2) === wanted).map(({ payload }) => payload)),
        ]
        expect(got).toEqual({ stdout: of(false), stderr: of(true) })
      }),
    )
  })

  test('neighbours of one stream come as one piece, in order with the other', () => {
    const wire = join([frame(1, text('a')), frame(1, text('b')), frame(2, text('c')), frame(1, text('d'))])
    const pieces = [...new FrameReader().read(wire)].map(({ stream, bytes }) => [
      stream,
      new TextDecoder().decode(bytes),
    ])
    expect(pieces).toEqual([
      ['stdout', 'ab'],
      ['stderr', 'c'],
      ['stdout', 'd'],
    ])
  })

  test('a frame of the daemon’s own is an error with its words, also when cut', () => {
    const wire = frame(3, text('the log driver failed'))
    const reader = new FrameReader()
    expect([...reader.read(wire.subarray(0, 15))]).toEqual([])
    expect(() => [...reader.read(wire.subarray(15))]).toThrow(
      new Error('error from daemon in stream: the log driver failed'),
    )
  })

  test('what came before an error is handed out', () => {
    const pieces = new FrameReader().read(join([frame(1, text('a')), frame(1, text('b')), frame(3, text('bad'))]))
    expect(pieces.next().value).toEqual({ stream: 'stdout', bytes: text('ab') })
    expect(() => pieces.next()).toThrow(new Error('error from daemon in stream: bad'))
  })

  test('what is no frame is an error', () => {
    expect(() => [...new FrameReader().read(text('plain text'))]).toThrow(new Error('Unrecognized input header: 112'))
  })
})
