import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDockerfileEntries } from '../../../src/builder/context/added-dockerfile.ts'
import { IgnoreMatcher } from '../../../src/builder/context/ignore.ts'
import { type AddedFile, writeContextTar } from '../../../src/builder/context/tar.ts'
import { insertIntoTar } from '../../../src/builder/context/tar-insert.ts'
import { makeTree } from './tree.ts'
import { untar } from './untar.ts'

let root: string
let warnings: string[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tug-tar-'))
  warnings = []
})

afterEach(() => rmSync(root, { recursive: true, force: true }))

function pieces(patterns: readonly string[] = [], added: readonly AddedFile[] = []) {
  const warn = (message: string) => warnings.push(message)
  return writeContextTar({ root, matcher: new IgnoreMatcher(patterns), added, warn, now: 1_000_000_000 })
}

async function contentsOf(archive: Buffer): Promise<Record<string, string>> {
  return Object.fromEntries((await untar(archive)).map(({ name, content }) => [name, content]))
}

test('the archive has the bytes that docker sends', () => {
  makeTree(root)
  const docker = gunzipSync(readFileSync(new URL('golden/context.tar.gz', import.meta.url)))
  const ours = Buffer.concat([...pieces()])
  expect(ours.length).toBe(docker.length)
  expect(ours.equals(docker)).toBe(true)
})

test('the archive of an empty directory is empty', () => {
  expect(Buffer.concat([...pieces()])).toEqual(Buffer.alloc(1024))
})

test('large files are read in pieces, when the archive is consumed', () => {
  writeFileSync(join(root, 'a'), Buffer.alloc(1_500_000, 'a'))
  const archive = pieces()
  const first = archive.next().value
  expect(first?.length).toBeLessThan(300_000)
  writeFileSync(join(root, 'a'), Buffer.alloc(1_500_000, 'b'))
  const rest = Buffer.concat([...archive])
  expect(rest.includes('b')).toBe(true)
})

describe('files that change or cannot be sent', () => {
  test('a socket is skipped with a warning', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(join(root, 'socket'), resolve))
    writeFileSync(join(root, 'file'), 'x')
    expect(await contentsOf(Buffer.concat([...pieces()]))).toEqual({ file: 'x' })
    server.close()
    expect(warnings).toEqual([`Can't add file ${root}/socket to tar: archive/tar: sockets not supported`])
  })

  test('a file that grows is cut at its original size', async () => {
    writeFileSync(join(root, 'a'), Buffer.alloc(600_000, 'a'))
    writeFileSync(join(root, 'b'), 'after')
    const archive = pieces()
    const first = archive.next().value ?? Buffer.alloc(0)
    writeFileSync(join(root, 'a'), 'more', { flag: 'a' })
    const contents = await contentsOf(Buffer.concat([first, ...archive]))
    expect(contents.a).toBe('a'.repeat(600_000))
    expect(contents.b).toBe('after')
    expect(warnings).toEqual([`Can't add file ${root}/a to tar: archive/tar: write too long`])
  })

  test('a file that shrinks ends the build', () => {
    writeFileSync(join(root, 'a'), Buffer.alloc(600_000, 'a'))
    const archive = pieces()
    archive.next()
    truncateSync(join(root, 'a'), 300_000)
    expect(() => [...archive]).toThrow(`Can't add file ${root}/a to tar: archive/tar: missed writing 300000 bytes`)
  })

  test('a file that vanishes is skipped with a warning', async () => {
    writeFileSync(join(root, 'a'), Buffer.alloc(600_000, 'a'))
    writeFileSync(join(root, 'b'), 'gone')
    writeFileSync(join(root, 'c'), 'here')
    const archive = pieces()
    const first = archive.next().value ?? Buffer.alloc(0)
    unlinkSync(join(root, 'b'))
    expect(Object.keys(await contentsOf(Buffer.concat([first, ...archive])))).toEqual(['a', 'c'])
    expect(warnings).toEqual([`Can't add file ${root}/b to tar: lstat ${root}/b: no such file or directory`])
  })
})

describe('a Dockerfile from outside the context', () => {
  const { name, files } = createDockerfileEntries(Buffer.from('FROM x\n'), '0123456789abcdef0123')

  test('is the last entry, with a .dockerignore that excludes it', async () => {
    writeFileSync(join(root, 'Dockerfile'), 'FROM other\n')
    const entries = await untar(Buffer.concat([...pieces([], files)]))
    expect(entries.map(({ name, mode, content }) => [name, mode, content])).toEqual([
      ['Dockerfile', 0o644, 'FROM other\n'],
      ['.dockerfile.0123456789abcdef0123', 0o600, 'FROM x\n'],
      ['.dockerignore', 0o600, '.dockerignore\n.dockerfile.0123456789abcdef0123\n'],
    ])
    expect(name).toBe('.dockerfile.0123456789abcdef0123')
  })

  test("is added to the context's own .dockerignore", async () => {
    writeFileSync(join(root, '.dockerignore'), 'secret\n', { mode: 0o640 })
    writeFileSync(join(root, 'a'), 'x')
    const entries = await untar(Buffer.concat([...pieces([], files)]))
    expect(entries.map((entry) => entry.name)).toEqual(['.dockerignore', 'a', name])
    expect(entries[0]).toMatchObject({ content: `secret\n\n${name}\n`, mode: 0o640 })
  })

  async function inserted(archive: Buffer, size: number): Promise<Buffer> {
    async function* arriving() {
      for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size)
    }
    return Buffer.concat(await Array.fromAsync(insertIntoTar(arriving(), files, 1_000_000_000)))
  }

  test.each([100, 512, 10_000])('is added to an archive that arrives in pieces of %i bytes', async (size) => {
    writeFileSync(join(root, '.dockerignore'), 'secret\n')
    mkdirSync(join(root, 'd'))
    writeFileSync(join(root, 'd/a'), Buffer.alloc(100_000, 'a'))
    symlinkSync('d', join(root, 'l'))
    const archive = Buffer.concat([...pieces()])
    expect(await inserted(archive, size)).toEqual(Buffer.concat([...pieces([], files)]))
  })

  test('is not added to something that is not an archive', async () => {
    await expect(inserted(Buffer.alloc(2000, 'x'), 512)).rejects.toThrow('archive/tar: invalid tar header')
  })
})
