import { readFileSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  type ArchivedContext,
  contextArchive,
  contextFromArchive,
} from '../../../src/actions/context/context-archive.ts'

interface ZipEntry {
  readonly name: string
  readonly text: string
  readonly deflated?: boolean
}

/** Writes a zip archive. */
function zip(entries: readonly ZipEntry[], comment = ''): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, text, deflated = false } of entries) {
    const content = deflated ? deflateRawSync(text) : Buffer.from(text)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(deflated ? 8 : 0, 4)
    fields.writeUInt32LE(crc32(text), 10)
    fields.writeUInt32LE(content.length, 14)
    fields.writeUInt32LE(Buffer.byteLength(text), 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name))
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), content])
    at += file.length
    files.push(file)
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  end.writeUInt16LE(comment.length, 16)
  return Buffer.concat([...files, list, Buffer.from('PK\x05\x06'), end, Buffer.from(comment)])
}

const META = '{"Name":"one","Metadata":{},"Endpoints":{"docker":{"Host":"unix:///a"}}}'
const meta = { name: 'meta.json', text: META }
const parsed = { Metadata: {}, Endpoints: { docker: { Host: 'unix:///a' } } }

async function* chunksOf(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = (bytes: Buffer) => contextFromArchive(chunksOf(bytes))

describe('contextFromArchive, for a zip archive', () => {
  test.each([
    ['stored', zip([meta]), {}],
    ['deflated', zip([{ ...meta, deflated: true }]), {}],
    ['with a comment', zip([meta], 'PK\x05\x06 is how the end begins'), {}],
    [
      'with certificates',
      zip([meta, { name: 'tls/', text: '' }, { name: 'tls/docker/ca.pem', text: 'x', deflated: true }]),
      { docker: { 'ca.pem': 'x' } },
    ],
  ])('reads one that is %s', async (_, bytes, tls) => {
    expect(texts(await read(bytes))).toEqual({ meta: parsed, tls })
  })

  // The messages are docker 28.2.2's.
  test.each([
    ['another file', zip([meta, { name: 'foo', text: 'x' }]), 'foo: unexpected context file'],
    ['a path outside', zip([meta, { name: '../evil', text: 'x' }]), '../evil: unexpected context file'],
    ['a hidden path outside', zip([meta, { name: 'tls/../../x', text: 'x' }]), 'tls/../../x: unexpected path format'],
    ['./', zip([{ ...meta, name: './meta.json' }]), './meta.json: unexpected context file'],
    ['a missing meta.json', zip([{ name: 'tls/docker/ca.pem', text: 'x' }]), 'invalid context: no metadata found'],
    ['invalid JSON', zip([{ ...meta, text: '{' }]), 'unexpected end of JSON input'],
    ['a file without endpoint', zip([meta, { name: 'tls/q', text: 'x' }]), 'archive format is invalid'],
    ['an empty archive', zip([]), 'unexpected EOF'],
    ['a truncated archive', zip([meta]).subarray(0, -10), 'zip: not a valid zip file'],
    ['a zip bomb', zip([{ ...meta, text: ' '.repeat(11_000_000), deflated: true }]), 'read exceeds the defined limit'],
  ])('refuses %s', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message)
  })

  test('never throws anything but an Error, whichever byte is changed', async () => {
    const bytes = zip([meta, { name: 'tls/docker/ca.pem', text: 'x'.repeat(50), deflated: true }])
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] = 0xff
      await read(changed).catch((error: unknown) => expect(error).toBeInstanceOf(Error))
    }
  })
})

test('a context is the same after writing and reading its archive', async () => {
  const context = {
    meta: { Metadata: { Description: 'ä' }, Endpoints: { docker: { Host: 'tcp://h:1', SkipTLSVerify: true } } },
    tls: { docker: { 'ca.pem': Buffer.alloc(600, 'c'), 'key.pem': Buffer.from('k') }, other: { x: Buffer.alloc(512) } },
  }
  expect(texts(await read(contextArchive(context)))).toEqual(texts(context))
})

test("the archive is docker's with an end-of-archive marker", () => {
  const golden: { outcomes: Record<string, { stdout: string[] }> } = JSON.parse(
    readFileSync(new URL('../../parity/golden/contexts.json', import.meta.url), 'utf8'),
  )
  const docker = golden.outcomes['context export remote -  # written']?.stdout.join('\n') ?? ''
  const ours = contextArchive({
    meta: {
      Name: 'remote',
      Metadata: { Description: 'the one in the cellar' },
      Endpoints: { docker: { Host: 'tcp://10.0.0.1:2376', SkipTLSVerify: false } },
    },
    tls: { docker: { 'ca.pem': Buffer.from('CA'), 'cert.pem': Buffer.from('CERT') } },
  }).toString('latin1')
  expect(docker.length).toBeGreaterThan(512)
  expect(ours.slice(0, docker.length)).toBe(docker)
  expect(ours.slice(docker.length)).toMatch(/^\0+$/)
})

function texts({ meta, tls }: ArchivedContext) {
  const read = (files: Readonly<Record<string, Uint8Array>>) =>
    Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('latin1')]))
  return { meta, tls: Object.fromEntries(Object.entries(tls).map(([name, files]) => [name, read(files)])) }
}
