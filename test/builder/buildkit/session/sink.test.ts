import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSink } from '../../../../src/builder/buildkit/session/sink.ts'

let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-sink-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

test('replaces a file only when it is complete', async () => {
  const path = join(directory, 'out.tar')
  writeFileSync(path, 'old')
  const sink = openSink({ kind: 'file', path })
  await sink.write(Buffer.from('new '))
  await sink.write(Buffer.from('content'))
  expect(readFileSync(path, 'utf8')).toBe('old')
  await sink.finish()
  expect(readFileSync(path, 'utf8')).toBe('new content')
  expect(readdirSync(directory)).toEqual(['out.tar'])
})

test('removes a file that is abandoned', async () => {
  const sink = openSink({ kind: 'file', path: join(directory, 'out.tar') })
  await sink.write(Buffer.from('half'))
  sink.abandon()
  expect(readdirSync(directory)).toEqual([])
})

test('writes directly to a device', async () => {
  const sink = openSink({ kind: 'file', path: '/dev/null' })
  await sink.write(Buffer.from('x'))
  await sink.finish()
  const full = openSink({ kind: 'file', path: '/dev/full' })
  await expect(full.write(Buffer.from('x'))).rejects.toThrow('write /dev/full: no space left on device')
  full.abandon()
})

test('reports a missing directory', () => {
  const path = join(directory, 'missing/out.tar')
  expect(() => openSink({ kind: 'file', path })).toThrow(`open ${path}: no such file or directory`)
})

test('waits for a slow stream and leaves it open', async () => {
  const written: string[] = []
  const stream = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      written.push(String(chunk))
      setImmediate(done)
    },
  })
  const sink = openSink({ kind: 'stream', stream })
  await sink.write(Buffer.from('one'))
  await sink.write(Buffer.from('two'))
  await sink.finish()
  expect(written).toEqual(['one', 'two'])
  expect(stream.writableEnded).toBe(false)
})

test('fails when the reader of a stream has gone away', async () => {
  const stream = new Writable({ highWaterMark: 1, write: () => {} })
  stream.on('error', () => {})
  const sink = openSink({ kind: 'stream', stream })
  const writing = sink.write(Buffer.from('more'))
  writing.catch(() => {})
  stream.destroy(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))
  await expect(writing).rejects.toThrow('write /dev/stdout: broken pipe')
  await expect(sink.write(Buffer.from('x'))).rejects.toThrow('write /dev/stdout: broken pipe')
})
