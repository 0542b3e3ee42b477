import { PassThrough, Readable, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { copyOutput, copyResponse } from '../../src/attach/copy-output.ts'
import { handleSignals } from '../../src/attach/signals.ts'
import { ExitStatus } from '../../src/domain/errors.ts'

function frame(kind: number, text: string): Buffer {
  const header = Buffer.from([kind, 0, 0, 0, 0, 0, 0, 0])
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

/** Keeps what is written, and takes `delay` milliseconds over each piece. */
function collector(delay = 0) {
  const chunks: Buffer[] = []
  const stream = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _, done) {
      chunks.push(chunk)
      setTimeout(done, delay)
    },
  })
  return { stream, text: () => Buffer.concat(chunks).toString() }
}

describe('copyOutput', () => {
  test('frames go to their streams', async () => {
    const [out, err] = [collector(), collector()]
    const source = Readable.from([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'three\n')])
    await copyOutput(source, false, { stdout: out.stream, stderr: err.stream })
    expect([out.text(), err.text()]).toEqual(['one\nthree\n', 'two\n'])
  })

  test('a raw stream goes to stdout as it is', async () => {
    const out = collector()
    await copyOutput(Readable.from([Buffer.from('\x01\x00raw')]), true, { stdout: out.stream, stderr: out.stream })
    expect(out.text()).toBe('\x01\x00raw')
  })

  test('a slow reader holds the source back, with one listener', async () => {
    const out = collector(1)
    let waiting = 0
    const source = new PassThrough({ highWaterMark: 1024 })
    const copying = copyOutput(source, true, { stdout: out.stream, stderr: out.stream })
    for (let i = 0; i < 200; i++) {
      if (!source.write(Buffer.alloc(512, 'x'))) await new Promise((resolve) => source.once('drain', resolve))
      waiting = Math.max(waiting, out.stream.writableLength)
      expect(out.stream.listenerCount('drain')).toBeLessThanOrEqual(1)
    }
    source.end()
    await copying
    expect(out.text()).toHaveLength(200 * 512)
    expect(waiting).toBeLessThan(8 * 1024)
  })

  test('the daemon’s own error ends it with its words', async () => {
    const out = collector()
    const copying = copyOutput(Readable.from([frame(1, 'a'), frame(3, 'disk full')]), false, {
      stdout: out.stream,
      stderr: out.stream,
    })
    await expect(copying).rejects.toThrow('error from daemon in stream: disk full')
  })

  test('a reader that has gone away ends it, without a word unless signals are heard', async () => {
    const copying = () => {
      const gone = new Writable({
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
        },
      })
      return copyOutput(Readable.from([Buffer.from('x')]), true, { stdout: gone, stderr: gone })
    }
    await expect(copying()).rejects.toEqual(new ExitStatus(141))
    // As a Go program that hears all signals.
    const terminal = { isTerminal: true }
    const stop = handleSignals(async () => {}, { in: terminal, out: terminal, err: terminal })
    await expect(copying()).rejects.toEqual(new ExitStatus(1, 'write /dev/stdout: broken pipe'))
    stop()
  })
})

describe('copyResponse', () => {
  test('a reader that goes away while there is no room lets go of the response', async () => {
    let isLetGo = false
    async function* response() {
      try {
        for (;;) yield Buffer.alloc(64, 'x')
      } finally {
        isLetGo = true
      }
    }
    const gone = new Writable({
      highWaterMark: 64,
      write() {
        // Never done with it: the copy waits for room when the reader leaves.
        setImmediate(() => gone.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })))
      },
    })
    await expect(copyResponse(response(), true, { stdout: gone, stderr: gone })).rejects.toEqual(new ExitStatus(141))
    expect(isLetGo).toBe(true)
  })
})
