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
  const found = []
  for await (const { entry, content } of readTar(pieces(bytes, size))) {
    const chunks: Buffer[] = []
    for await (const chunk of content()) chunks.push(chunk)
    found.push({ ...entry, content: Buffer.concat(chunks).toString('latin1') })
  }
  return found
}

describe('archives of GNU tar', () => {
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

  test.each(['gnu', 'pax', 'posix', 'ustar'])('%s', async (format) => {
    const names = ['f', 'hard', long, ...(format === 'ustar' ? [] : ['long link', 'old'])]
    const made = execFileSync('tar', ['-c', `--format=${format}`, '-C', directory, '--exclude=*.x', ...names])
    const entries = await read(made, 777)
    const named = new Map(entries.map((entry) => [entry.name, entry]))
    expect(named.get('f')).toMatchObject({ type: 'file', size: 2000, mode: 0o644, content: 'x'.repeat(2000) })
    expect(named.get('hard')).toMatchObject({ type: 'link', size: 0, linkName: 'f' })
    if (format !== 'ustar') {
      expect(named.get('long link')).toMatchObject({ type: 'symlink', linkName: deep })
      expect(named.get('old')?.mtime).toBe(-100)
    }
    expect(named.get(`${deep}/f`)).toMatchObject({ type: 'file', content: 'deep' })
    expect(named.get(`${deep}/`)).toMatchObject({ type: 'directory' })
    expect(named.get('f')?.mtime).toBe(['pax', 'posix'].includes(format) ? 1_234_567_890.5 : 1_234_567_890)
  })
})

test('every entry that is written is read as it was', async () => {
  const name = fc.stringMatching(/^[a-z\x80-\xff]{1,180}$/)
  const file = fc.record({ name, content: fc.string({ maxLength: 2000 }), mode: fc.integer({ min: 0, max: 0o7777 }) })
  await fc.assert(
    fc.asyncProperty(fc.array(file, { maxLength: 5 }), fc.integer({ min: 1, max: 3000 }), async (files, size) => {
      const entries = await read(tarBytes(files), size)
      expect(entries.map(({ name: found, mode, content }) => ({ name: found, mode, content }))).toEqual(
        files.map((each) => ({ ...each, content: Buffer.from(each.content).toString('latin1') })),
      )
    }),
    { numRuns: 60 },
  )
})

test('content that nobody reads is skipped', async () => {
  const names = []
  const bytes = tarBytes([
    { name: 'a', content: 'x'.repeat(3000) },
    { name: 'b', content: 'y' },
  ])
  for await (const { entry } of readTar(pieces(bytes))) names.push(entry.name)
  expect(names).toEqual(['a', 'b'])
})

const whole = tarBytes([{ name: 'a', content: 'x'.repeat(600) }])
const changed = (at: number, byte: number) => {
  const bytes = Buffer.from(whole)
  bytes[at] = byte
  return bytes
}

test.each<[string, Buffer, string]>([
  ['text', Buffer.from('x'.repeat(2000)), 'archive/tar: invalid tar header'],
  ['less than a header', whole.subarray(0, 300), 'unexpected EOF'],
  ['less than its content', whole.subarray(0, 800), 'unexpected EOF'],
  ['a wrong sum', changed(0, 0x62), 'archive/tar: invalid tar header'],
])('an archive that is %s is refused', async (_, bytes, message) => {
  await expect(read(bytes)).rejects.toThrow(message)
})

test.each([
  ['nothing', Buffer.alloc(0), []],
  ['its end alone', Buffer.alloc(1024), []],
  ['no end', whole.subarray(0, whole.length - 1024), ['a']],
  ['less than its padding', whole.subarray(0, 512 + 700), ['a']],
  ['something behind its end', Buffer.concat([whole, Buffer.from('more')]), ['a']],
])('an archive may have %s', async (_, bytes, names) => {
  expect((await read(bytes)).map(({ name }) => name)).toEqual(names)
})

test('whatever bytes come, reading ends with entries or an error', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(whole.length - 1),
      fc.nat(255),
      fc.integer({ min: 1, max: 900 }),
      async (at, byte, size) => {
        const outcome = await read(changed(at, byte), size).catch((error: unknown) => error)
        if (!Array.isArray(outcome)) expect(outcome).toBeInstanceOf(Error)
      },
    ),
    { numRuns: 300 },
  )
})
