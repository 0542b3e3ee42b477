import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DirectoryWriter } from '../../../../src/builder/buildkit/fsutil/directory-writer.ts'
import { StatSchema } from '../../../../src/builder/buildkit/gen/fsutil/wire_pb.ts'

const DIRECTORY = 0x8000_0000
const SYMLINK = 0x0800_0000

let outside: string
let root: string
let writer: DirectoryWriter
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'tug-writer-'))
  root = join(outside, 'root')
  mkdirSync(root)
  writer = new DirectoryWriter(root)
})
afterEach(() => {
  writer.close()
  rmSync(outside, { recursive: true })
})

let nextId = 0
function add(path: string, stat: MessageInitShape<typeof StatSchema> = {}, content = ''): void {
  const id = nextId++
  if (!writer.add(id, create(StatSchema, { path, mode: 0o644, ...stat }))) return
  if (content !== '') writer.write(id, Buffer.from(content))
  writer.finish(id)
}

describe('DirectoryWriter', () => {
  test('files, directories, links', () => {
    add('directory', { mode: DIRECTORY + 0o750, modTime: 1_000_000_000_000_000_000n })
    add('directory/file', { mode: 0o640, modTime: 2_000_000_000_000_000_000n }, 'content')
    add('directory/hard', { mode: 0o640, linkname: 'directory/file' })
    add('soft', { mode: SYMLINK + 0o777, linkname: '../anywhere' })
    writer.complete()
    expect(readFileSync(join(root, 'directory/file'), 'utf8')).toBe('content')
    expect(lstatSync(join(root, 'directory/file'))).toMatchObject({ mode: 0o100640, nlink: 2, mtimeMs: 2e12 })
    expect(lstatSync(join(root, 'directory'))).toMatchObject({ mode: 0o040750, mtimeMs: 1e12 })
    expect(readlinkSync(join(root, 'soft'))).toBe('../anywhere')
    expect(writer.isWhole).toBe(true)
  })

  test('what is not finished does not stay', () => {
    add('whole', {}, 'content')
    writer.add(nextId, create(StatSchema, { path: 'half', mode: 0o644 }))
    writer.write(nextId, Buffer.from('cont'))
    writer.close()
    expect(readdirSync(root)).toEqual(['whole'])
  })

  test('takes the place of what is there, and leaves the rest', () => {
    writeFileSync(join(root, 'file'), 'a longer old content')
    mkdirSync(join(root, 'was-directory/deep'), { recursive: true })
    symlinkSync(outside, join(root, 'was-link'))
    writeFileSync(join(root, 'kept'), '')
    add('file', {}, 'new')
    add('was-directory', {}, 'now a file')
    add('was-link', { mode: DIRECTORY + 0o755 })
    add('was-link/inner', {}, 'inside')
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('new')
    expect(readFileSync(join(root, 'was-directory'), 'utf8')).toBe('now a file')
    expect(readdirSync(outside)).toEqual(['root'])
    expect(readdirSync(root).sort()).toEqual(['file', 'kept', 'was-directory', 'was-link'])
  })

  test.each([
    '../escape',
    '/escape',
    'a/../../escape',
    '..',
    '.',
    '',
    'unknown/file',
    'directory//x',
  ])('refuses the path %j', (path) => {
    add('directory', { mode: DIRECTORY + 0o755 })
    expect(() => add(path, {}, 'x')).toThrow(`invalid path ${path}`)
    expect(existsSync(join(outside, 'escape'))).toBe(false)
  })

  test('writes through no link that it was given', () => {
    add('link', { mode: SYMLINK + 0o777, linkname: outside })
    expect(() => add('link/escape', {}, 'x')).toThrow('invalid path link/escape')
    add('link', {}, 'a file now')
    expect(readFileSync(join(root, 'link'), 'utf8')).toBe('a file now')
    expect(readdirSync(outside)).toEqual(['root'])
  })

  test('hard links only to what it wrote', () => {
    writeFileSync(join(outside, 'secret'), '')
    expect(() => add('stolen', { linkname: '../secret' })).toThrow('invalid link stolen to unknown path: ../secret')
  })

  test('content that was not asked for', () => {
    expect(() => writer.write(9999, Buffer.from('x'))).toThrow('invalid file request 9999')
  })
})
