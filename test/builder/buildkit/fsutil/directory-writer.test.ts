import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
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

type Given = Omit<MessageInitShape<typeof StatSchema>, 'linkname' | '$typeName'> & { linkname?: string }

function statOf(path: string, stat: MessageInitShape<typeof StatSchema> = {}) {
  return create(StatSchema, { path: Buffer.from(path, 'latin1'), mode: 0o644, ...stat })
}

let nextId = 0
function add(path: string, { linkname = '', ...stat }: Given = {}, content = ''): void {
  const id = nextId++
  if (!writer.add(id, statOf(path, { ...stat, linkname: Buffer.from(linkname) }))) return
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
    expect(writer.isComplete).toBe(true)
  })

  test('what is not finished does not stay', () => {
    add('aWhole', {}, 'content')
    writer.add(nextId, statOf('half'))
    writer.write(nextId, Buffer.from('cont'))
    writer.close()
    expect(readdirSync(root)).toEqual(['aWhole'])
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
    ['../escape', 'escape check ../escape: invalid argument'],
    ['/escape', 'absolute path /escape: invalid argument'],
    ['a/../../escape', 'unclean path a/../../escape: invalid argument'],
    ['..', 'escape check ..: invalid argument'],
    ['.', 'unclean path .: invalid argument'],
    ['', 'unclean path : invalid argument'],
    ['unknown/file', 'changes out of order: "unknown/file" "directory"'],
    ['directory//x', 'unclean path directory//x: invalid argument'],
    ['directory/', 'unclean path directory/: invalid argument'],
    ['nul\0', 'open "nul\\x00": invalid argument'],
    ['a', 'changes out of order: "a" "directory"'],
    ['directory', 'changes out of order: "directory" "directory"'],
  ])('refuses the path %j', (path, message) => {
    add('directory', { mode: DIRECTORY + 0o755 })
    expect(() => add(path, {}, 'x')).toThrow(message)
    expect(existsSync(join(outside, 'escape'))).toBe(false)
    expect(readdirSync(root)).toEqual(['directory'])
  })

  test('takes entries in the order of bytes, each directory before what is in it', () => {
    const order = ['a', 'a/b', 'a/b/c', 'a/c', 'a-b', 'a.b', 'b\x80', 'b\xff']
    // fsutil sorts by parts: `a/b` comes before `a-b`.
    for (const path of order) add(path, { mode: DIRECTORY + 0o755 })
    expect(readdirSync(root, { encoding: 'latin1' }).sort()).toEqual(['a', 'a-b', 'a.b', 'b\x80', 'b\xff'])
    expect(() => add('a/d', {}, 'x')).toThrow('changes out of order: "a/d"')
  })

  test('writes through no link that it was given, nor through one in the place of a directory', () => {
    add('link', { mode: SYMLINK + 0o777, linkname: outside })
    expect(() => add('link/escape', {}, 'x')).toThrow('changes out of order: "link/escape" "link"')
    add('m', { mode: DIRECTORY + 0o755 })
    expect(() => add('m', { mode: SYMLINK + 0o777, linkname: outside })).toThrow('changes out of order: "m" "m"')
    expect(readdirSync(outside)).toEqual(['root'])
  })

  test.each([
    true,
    false,
  ])("another process that puts a link in a directory's place gains nothing (descriptors: %j)", (has) => {
    writer = new DirectoryWriter(root, has)
    mkdirSync(join(outside, 'elsewhere'), { mode: 0o700 })
    writeFileSync(join(outside, 'elsewhere/inner'), 'theirs')
    add('d', { mode: DIRECTORY + 0o777, modTime: 1_000_000_000n })
    writer.add(100, statOf('d/half'))
    renameSync(join(root, 'd'), join(root, 'moved'))
    symlinkSync(join(outside, 'elsewhere'), join(root, 'd'))
    for (const name of ['inner', 'new']) {
      const attempt = () => add(`d/${name}`, {}, 'x')
      if (has) attempt()
      else expect(attempt).toThrow('not a directory')
    }
    if (!has) expect(() => add('d/s', { mode: DIRECTORY + 0o777 })).toThrow('not a directory')
    if (has) writer.complete()
    else expect(() => writer.complete()).toThrow('not a directory')
    writer.close()
    expect(readFileSync(join(outside, 'elsewhere/inner'), 'utf8')).toBe('theirs')
    expect(readdirSync(join(outside, 'elsewhere'))).toEqual(['inner'])
    expect(lstatSync(join(outside, 'elsewhere'))).toMatchObject({ mode: 0o040700 })
  })

  test('hard links only to what it wrote', () => {
    writeFileSync(join(outside, 'secret'), '')
    expect(() => add('stolen', { linkname: '../secret' })).toThrow('invalid link stolen to unknown path: "../secret"')
  })

  test('content that was not asked for', () => {
    expect(() => writer.write(9999, Buffer.from('x'))).toThrow('invalid file request 9999')
  })
})
