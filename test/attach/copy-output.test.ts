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

/** Collects the written chunks. Each write takes `delay` milliseconds. */
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
  test('writes each frame to its stream', async () => {
    const [out, err] = [collector(), collector()]
    const source = Readable.from([frame(1, 'one\n'), frame(2, 'two\n'), frame(1, 'three\n')])
    await copyOutput(source, false, { stdout: out.stream, stderr: err.stream })
    expect([out.text(), err.text()]).toEqual(['one\nthree\n', 'two\n'])
  })

  test('copies a raw stream to stdout unchanged', async () => {
    const out = collector()
    await copyOutput(Readable.from([Buffer.from('\x01\x00raw')]), true, { stdout: out.stream, stderr: out.stream })
    expect(out.text()).toBe('\x01\x00raw')
  })

  test('pauses the source while the reader is slow, with one listener', async () => {
    const out = collector(1)
    let maxBuffered = 0
    const source = new PassThrough({ highWaterMark: 1024 })
    const copying = copyOutput(source, true, { stdout: out.stream, stderr: out.stream })
    for (let i = 0; i < 200; i++) {
      if (!source.write(Buffer.alloc(512, 'x'))) await new Promise((resolve) => source.once('drain', resolve))
      maxBuffered = Math.max(maxBuffered, out.stream.writableLength)
      expect(out.stream.listenerCount('drain')).toBeLessThanOrEqual(1)
    }
    source.end()
    await copying
    expect(out.text()).toHaveLength(200 * 512)
    expect(maxBuffered).toBeLessThan(8 * 1024)
  })

  test('fails with the message of an error that the daemon sends', async () => {
    const out = collector()
    const copying = copyOutput(Readable.from([frame(1, 'a'), frame(3, 'disk full')]), false, {
      stdout: out.stream,
      stderr: out.stream,
    })
    await expect(copying).rejects.toThrow('error from daemon in stream: disk full')
  })

  test('fails without a message when the reader is gone, and with one while signals are forwarded', async () => {
    const copying = () => {
      const gone = new Writable({
        write(_chunk, _encoding, done) {
          done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
        },
      })
      return copyOutput(Readable.from([Buffer.from('x')]), true, { stdout: gone, stderr: gone })
    }
    await expect(copying()).rejects.toEqual(new ExitStatus(141))
    // A Go program that handles all signals reports the error.
    const terminal = { isTerminal: true }
    const stop = handleSignals(async () => {}, { in: terminal, out: terminal, err: terminal })
    await expect(copying()).rejects.toEqual(new ExitStatus(1, 'write /dev/stdout: broken pipe'))
    stop()
  })
})

describe('copyResponse', () => {
  test('closes the response when the reader leaves while its buffer is full', async () => {
    let isClosed = false
    async function* response() {
      try {
        for (;;) yield Buffer.alloc(64, 'x')
      } finally {
        isClosed = true
      }
    }
    const gone = new Writable({
      highWaterMark: 64,
      write() {
        // The write never completes, so the copy is waiting for `drain` when the reader leaves.
        setImmediate(() => gone.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })))
      },
    })
    await expect(copyResponse(response(), true, { stdout: gone, stderr: gone })).rejects.toEqual(new ExitStatus(141))
    expect(isClosed).toBe(true)
  })
})
