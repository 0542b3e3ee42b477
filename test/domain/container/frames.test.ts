import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeFrame, FrameReader, WholeFrameReader } from '../../../src/domain/container/frames.ts'

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
  test('returns the same two streams however the frames are cut', () => {
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

  test('joins consecutive frames of one stream, in order with the other stream', () => {
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

  test('throws the message of an error frame, even if the frame is cut', () => {
    const wire = frame(3, text('the log driver failed'))
    const reader = new FrameReader()
    expect([...reader.read(wire.subarray(0, 15))]).toEqual([])
    expect(() => [...reader.read(wire.subarray(15))]).toThrow(
      new Error('error from daemon in stream: the log driver failed'),
    )
  })

  test('yields the output before an error', () => {
    const pieces = new FrameReader().read(join([frame(1, text('a')), frame(1, text('b')), frame(3, text('bad'))]))
    expect(pieces.next().value).toEqual({ stream: 'stdout', bytes: text('ab') })
    expect(() => pieces.next()).toThrow(new Error('error from daemon in stream: bad'))
  })

  test('refuses an unknown stream number', () => {
    expect(() => [...new FrameReader().read(text('plain text'))]).toThrow(new Error('Unrecognized input header: 112'))
  })
})

test('WholeFrameReader returns whole frames however they are cut', () => {
  const frame = fc.record({ stream: fc.constantFrom('stdout', 'stderr'), bytes: fc.uint8Array({ maxLength: 50 }) })
  fc.assert(
    fc.property(fc.array(frame), fc.integer({ min: 1, max: 20 }), (frames, size) => {
      const sent = Buffer.concat(frames.map(({ stream, bytes }) => encodeFrame(stream, [bytes])))
      const reader = new WholeFrameReader()
      const read = []
      for (let at = 0; at < sent.length; at += size) read.push(...reader.read(sent.subarray(at, at + size)))
      expect(read.map(({ stream, bytes }) => ({ stream, bytes: [...bytes] }))).toEqual(
        frames.map(({ stream, bytes }) => ({ stream, bytes: [...bytes] })),
      )
    }),
  )
})
