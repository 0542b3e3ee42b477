import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ArchiveEntry, readTar } from '../../src/archive/tar-reader.ts'
import { tarBytes } from '../parity/cases/container/tar-bytes.ts'

async function* pieces(bytes: Buffer, size = 1000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function read(bytes: Buffer, size?: number): Promise<(Partial<ArchiveEntry> & { content: string })[]> {
  const entries = []
  for await (const { entry, content } of readTar(pieces(bytes, size))) {
    const chunks: Buffer[] = []
    for await (const chunk of content()) chunks.push(chunk)
    entries.push({ ...entry, content: Buffer.concat(chunks).toString('latin1') })
  }
  return entries
}

describe('an archive of GNU tar', () => {
  const long = 'l'.repeat(70)
  const deep = `${long}/${long}/${long}`
  let directory: string
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tug-tar-'))
    mkdirSync(join(directory, deep), { recursive: true })
    writeFileSync(join(directory, deep, 'f'), 'deep')
    writeFileSync(join(directory, 'f'), 'x'.repeat(2000))
    linkSync(join(directory, 'f'), join(directory, 'hard'))
    symlinkSync(deep, join(directory, 'long link'))
    utimesSync(join(directory, 'f'), 1_234_567_890.5, 1_234_567_890.5)
    writeFileSync(join(directory, 'old'), '')
    execFileSync('touch', ['-d', '@-100', join(directory, 'old')])
  })
  afterAll(() => rmSync(directory, { recursive: true }))

  test.each(['gnu', 'pax', 'posix', 'ustar'])('is read in the format %s', async (format) => {
    const names = ['f', 'hard', long, ...(format === 'ustar' ? [] : ['long link', 'old'])]
    const bytes = execFileSync('tar', ['-c', `--format=${format}`, '-C', directory, '--exclude=*.x', ...names])
    const entries = await read(bytes, 777)
    const entriesByName = new Map(entries.map((entry) => [entry.name, entry]))
    expect(entriesByName.get('f')).toMatchObject({ type: 'file', size: 2000, mode: 0o644, content: 'x'.repeat(2000) })
    expect(entriesByName.get('hard')).toMatchObject({ type: 'link', size: 0, linkName: 'f' })
    if (format !== 'ustar') {
      expect(entriesByName.get('long link')).toMatchObject({ type: 'symlink', linkName: deep })
      expect(entriesByName.get('old')?.mtime).toBe(-100)
    }
    expect(entriesByName.get(`${deep}/f`)).toMatchObject({ type: 'file', content: 'deep' })
    expect(entriesByName.get(`${deep}/`)).toMatchObject({ type: 'directory' })
    expect(entriesByName.get('f')?.mtime).toBe(['pax', 'posix'].includes(format) ? 1_234_567_890.5 : 1_234_567_890)
  })
})

test('reads every entry as it was written', async () => {
  const name = fc.stringMatching(/^[a-z\x80-\xff]{1,180}$/)
  const file = fc.record({ name, content: fc.string({ maxLength: 2000 }), mode: fc.integer({ min: 0, max: 0o7777 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), async (files, size) => {
      const entries = await read(tarBytes(files), size)
      expect(entries.map(({ name: actualName, mode, content }) => ({ name: actualName, mode, content }))).toEqual(
        files.map((each) => ({ ...each, content: Buffer.from(each.content).toString('latin1') })),
      )
    }),
    { numRuns: 60 },
  )
})

test('skips content that is not read', async () => {
  const names = []
  const bytes = tarBytes([
    { name: 'a', content: 'x'.repeat(3000) },
    { name: 'b', content: 'y' },
  ])
  for await (const { entry } of readTar(pieces(bytes))) names.push(entry.name)
  expect(names).toEqual(['a', 'b'])
})

const whole = tarBytes([{ name: 'a', content: 'x'.repeat(600) }])
const withByte = (at: number, byte: number) => {
  const bytes = Buffer.from(whole)
  bytes[at] = byte
  return bytes
}

test.each<[string, Buffer, string]>([
  ['text', Buffer.from('x'.repeat(2000)), 'archive/tar: invalid tar header'],
  ['a truncated header', whole.subarray(0, 300), 'unexpected EOF'],
  ['truncated content', whole.subarray(0, 800), 'unexpected EOF'],
  ['a wrong checksum', withByte(0, 0x62), 'archive/tar: invalid tar header'],
])('refuses %s', async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message)
})

test.each([
  ['without any bytes', Buffer.alloc(0), []],
  ['with nothing but its end', Buffer.alloc(1024), []],
  ['without an end', whole.subarray(0, whole.length - 1024), ['a']],
  ['with truncated padding', whole.subarray(0, 512 + 700), ['a']],
  ['with bytes after its end', Buffer.concat([whole, Buffer.from('more')]), ['a']],
])('reads an archive %s', async (_, bytes, names) => {
  expect((await read(bytes)).map(({ name }) => name)).toEqual(names)
})

test('returns entries or throws an Error for any bytes', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.nat(255),
      fc.integer({ min: 1, max: 900 }),
      async (at, byte, size) => {
        const outcome = await read(withByte(at, byte), size).catch((error: unknown) => error)
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(Error)
      },
    ),
    { numRuns: 300 },
  )
})
