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

/** A directory that contains `root`. The writer must change nothing in it outside of `root`. */
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

type EntryStat = Omit<MessageInitShape<typeof StatSchema>, 'linkname' | '$typeName'> & { linkname?: string }

function statOf(path: string, stat: MessageInitShape<typeof StatSchema> = {}) {
  return create(StatSchema, { path: Buffer.from(path, 'latin1'), mode: 0o644, ...stat })
}

let nextId = 0
function add(path: string, { linkname = '', ...stat }: EntryStat = {}, content = ''): void {
  const id = nextId++
  if (!writer.add(id, statOf(path, { ...stat, linkname: Buffer.from(linkname) }))) return
  if (content !== '') writer.write(id, Buffer.from(content))
  writer.finish(id)
}

describe('DirectoryWriter', () => {
  test('writes files, directories, hard links and symbolic links with their modes and times', () => {
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

  test('removes files that were not finished', () => {
    add('aWhole', {}, 'content')
    writer.add(nextId, statOf('half'))
    writer.write(nextId, Buffer.from('cont'))
    writer.close()
    expect(readdirSync(root)).toEqual(['aWhole'])
  })

  test('replaces existing files, directories and links, and leaves the others', () => {
    writeFileSync(join(root, 'file'), 'a longer old content')
    mkdirSync(join(root, 'was-directory/deep'), { recursive: true })
    symlinkSync(outside, join(root, 'was-link'))
    writeFileSync(join(root, 'untouched'), '')
    add('file', {}, 'new')
    add('was-directory', {}, 'now a file')
    add('was-link', { mode: DIRECTORY + 0o755 })
    add('was-link/inner', {}, 'inside')
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('new')
    expect(readFileSync(join(root, 'was-directory'), 'utf8')).toBe('now a file')
    expect(readdirSync(outside)).toEqual(['root'])
    expect(readdirSync(root).sort()).toEqual(['file', 'untouched', 'was-directory', 'was-link'])
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

  test('accepts entries in the order of their bytes, each directory before its content', () => {
    const order = ['a', 'a/b', 'a/b/c', 'a/c', 'a-b', 'a.b', 'b\x80', 'b\xff']
    // fsutil compares path segments, so `a/b` comes before `a-b`.
    for (const path of order) add(path, { mode: DIRECTORY + 0o755 })
    expect(readdirSync(root, { encoding: 'latin1' }).sort()).toEqual(['a', 'a-b', 'a.b', 'b\x80', 'b\xff'])
    expect(() => add('a/d', {}, 'x')).toThrow('changes out of order: "a/d"')
  })

  test('does not write through a symbolic link that it received, nor through one that replaces a directory', () => {
    add('link', { mode: SYMLINK + 0o777, linkname: outside })
    expect(() => add('link/escape', {}, 'x')).toThrow('changes out of order: "link/escape" "link"')
    add('m', { mode: DIRECTORY + 0o755 })
    expect(() => add('m', { mode: SYMLINK + 0o777, linkname: outside })).toThrow('changes out of order: "m" "m"')
    expect(readdirSync(outside)).toEqual(['root'])
  })

  test.each([
    true,
    false,
  ])('does not follow a link by which another process replaces a directory (descriptors: %j)', (hasDescriptors) => {
    writer = new DirectoryWriter(root, hasDescriptors)
    mkdirSync(join(outside, 'elsewhere'), { mode: 0o700 })
    writeFileSync(join(outside, 'elsewhere/inner'), 'theirs')
    add('d', { mode: DIRECTORY + 0o777, modTime: 1_000_000_000n })
    writer.add(100, statOf('d/half'))
    renameSync(join(root, 'd'), join(root, 'moved'))
    symlinkSync(join(outside, 'elsewhere'), join(root, 'd'))
    for (const name of ['inner', 'new']) {
      const attempt = () => add(`d/${name}`, {}, 'x')
      if (hasDescriptors) attempt()
      else expect(attempt).toThrow('not a directory')
    }
    if (!hasDescriptors) expect(() => add('d/s', { mode: DIRECTORY + 0o777 })).toThrow('not a directory')
    if (hasDescriptors) writer.complete()
    else expect(() => writer.complete()).toThrow('not a directory')
    writer.close()
    expect(readFileSync(join(outside, 'elsewhere/inner'), 'utf8')).toBe('theirs')
    expect(readdirSync(join(outside, 'elsewhere'))).toEqual(['inner'])
    expect(lstatSync(join(outside, 'elsewhere'))).toMatchObject({ mode: 0o040700 })
  })

  test('refuses a hard link to a file that it did not write', () => {
    writeFileSync(join(outside, 'secret'), '')
    expect(() => add('stolen', { linkname: '../secret' })).toThrow('invalid link stolen to unknown path: "../secret"')
  })

  test('refuses content of a file that it did not request', () => {
    expect(() => writer.write(9999, Buffer.from('x'))).toThrow('invalid file request 9999')
  })
})
