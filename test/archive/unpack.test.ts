import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Rename } from '../../src/archive/copy-path.ts'
import { unpack } from '../../src/archive/unpack.ts'
import { type TarFile, tarBytes } from '../parity/cases/container/tar-bytes.ts'

/** Contains the directory `in`, to which archives are unpacked. Nothing else in it may change. */
let base: string
let directory: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tug-unpack-'))
  directory = join(base, 'in')
  mkdirSync(directory)
  mkdirSync(join(base, 'outside'))
  writeFileSync(join(base, 'outside/secret'), 'secret')
})
afterEach(() => rmSync(base, { recursive: true }))

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const unpackBytes = (bytes: Buffer, renames: readonly Rename[] = [], size = 700) =>
  unpack(pieces(bytes, size), { directory, renames })
const unpackFiles = (files: readonly TarFile[], renames: readonly Rename[] = []) =>
  unpackBytes(tarBytes(files), renames)

/** Returns the names in the directory, with their modes and contents. */
function tree(at = directory, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(at).flatMap((name) => {
      const path = join(at, name)
      const stats = lstatSync(path)
      if (stats.isSymbolicLink()) return [[prefix + name, `-> ${readlinkSync(path)}`]]
      const mode = (stats.mode & 0o7777).toString(8)
      if (stats.isDirectory()) return [[`${prefix}${name}/`, mode], ...Object.entries(tree(path, `${prefix}${name}/`))]
      return [[prefix + name, stats.isFIFO() ? `${mode} fifo` : `${mode} ${readFileSync(path, 'latin1').slice(0, 20)}`]]
    }),
  )
}

/** An account that is not root. */
const NOBODY = 65_534

/** Does work as a user who is not root, and who owns the directory. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work()
  chownSync(directory, NOBODY, NOBODY)
  chmodSync(base, 0o755)
  process.seteuid?.(NOBODY)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
  }
}

// docker cannot create the files.
// Only root can look into the directories afterwards.
test.skipIf(process.geteuid?.() !== 0)('fills directories that their owner may not write to or enter', async () => {
  await asNobody(async () => {
    await unpackFiles([
      { name: 'r/', mode: 0o555 },
      { name: 'r/f', content: 'a', mode: 0o444 },
      { name: 'none/', mode: 0 },
      { name: 'none/sub/', mode: 0o111 },
      { name: 'none/sub/f', content: 'b' },
      { name: 'r/later/', mode: 0o500, mtime: 1_000_000_000 },
    ])
  })
  expect(tree()).toEqual({
    'none/': '0',
    'none/sub/': '111',
    'none/sub/f': '644 b',
    'r/': '555',
    'r/f': '444 a',
    'r/later/': '500',
  })
  expect(lstatSync(join(directory, 'r/later')).mtimeMs / 1000).toBe(1e9)
})

test('replaces files in an existing directory that its owner may not write to', async () => {
  mkdirSync(join(directory, 'd'))
  writeFileSync(join(directory, 'd/f'), 'old')
  if (process.geteuid?.() === 0) for (const name of ['d', 'd/f']) chownSync(join(directory, name), NOBODY, NOBODY)
  chmodSync(join(directory, 'd'), 0o500)
  await asNobody(async () => {
    await unpackFiles([
      { name: 'd/', mode: 0o500 },
      { name: 'd/f', content: 'new' },
    ])
  })
  expect(tree()).toEqual({ 'd/': '500', 'd/f': '644 new' })
  // Without this, an ordinary user could not remove the directory.
  chmodSync(join(directory, 'd'), 0o755)
})

test('refuses a path of 800 kB without creating a part of it', async () => {
  await expect(unpackFiles([{ name: `${'a/'.repeat(400_000)}f` }])).rejects.toThrow('file name too long')
  expect(tree()).toEqual({})
})

test('creates files, directories, links and fifos, with modes and times', async () => {
  await unpackFiles([
    { name: 'd/', mode: 0o500, mtime: 1_000_000_000 },
    { name: 'd/f', content: 'text', mode: 0o4751, mtime: 1_100_000_000 },
    { name: 'd/l', type: 'symlink', linkName: 'f', mtime: 1_200_000_000 },
    { name: 'd/h', type: 'link', linkName: 'd/f' },
    { name: 'p', type: 'fifo', mode: 0o622 },
    { name: 'implied/x', content: '' },
    { name: 'old', content: 'x', mtime: -5 },
  ])
  expect(tree()).toEqual({
    'd/': '500',
    'd/f': '4751 text',
    'd/h': '4751 text',
    'd/l': '-> f',
    'implied/': '755',
    'implied/x': '644 ',
    old: '644 x',
    p: '622 fifo',
  })
  const mtime = (name: string) => lstatSync(join(directory, name)).mtimeMs / 1000
  expect([mtime('d'), mtime('d/f'), mtime('d/l'), mtime('old')]).toEqual([1e9, 1.1e9, 1.2e9, 0])
  expect(statSync(join(directory, 'd/h')).ino).toBe(statSync(join(directory, 'd/f')).ino)
  chmodSync(join(directory, 'd'), 0o700)
})

test.each([1, 511, 512, 513, 100_000])('reads archives in chunks of %d bytes', async (size) => {
  const content = 'x'.repeat(1300)
  await unpackBytes(
    tarBytes([
      { name: 'a', content },
      { name: 'b', content: 'b' },
    ]),
    [],
    size,
  )
  expect([readFileSync(join(directory, 'a'), 'utf8'), readFileSync(join(directory, 'b'), 'utf8')]).toEqual([
    content,
    'b',
  ])
})

test('creates entries with long names, and with names that are not UTF-8', async () => {
  const long = 'n'.repeat(120)
  await unpackFiles([
    { name: `${long}/` },
    { name: `${long}/${long}`, content: '1' },
    { name: 'bad\xff', content: '2' },
  ])
  expect(readdirSync(directory, { encoding: 'latin1' }).sort()).toEqual(['bad\xff', long])
  expect(readdirSync(join(directory, long))).toEqual([long])
})

test('renames entries and the targets of hard links', async () => {
  await unpackFiles(
    [{ name: 't/' }, { name: 't/a', content: 'a' }, { name: 't/h', type: 'link', linkName: 't/a' }],
    [
      { from: 't', to: 'l' },
      { from: 'l', to: 'new' },
    ],
  )
  expect(tree()).toEqual({ 'new/': '755', 'new/a': '644 a', 'new/h': '644 a' })
})

test('replaces existing files, but never a directory by a file, nor a file by a directory', async () => {
  writeFileSync(join(directory, 'f'), 'old', { mode: 0o600 })
  symlinkSync('../outside/secret', join(directory, 'l'))
  mkdirSync(join(directory, 'd'))
  writeFileSync(join(directory, 'd/other'), '')
  await unpackFiles([
    { name: 'f', content: 'new' },
    { name: 'l', content: 'no link now' },
    { name: 'd/', mode: 0o700 },
  ])
  expect(tree()).toEqual({ f: '644 new', l: '644 no link now', 'd/': '700', 'd/other': '644 ' })
  await expect(unpackFiles([{ name: 'd', content: '' }])).rejects.toThrow(
    `cannot overwrite directory "${directory}/d" with non-directory "${directory}"`,
  )
  await expect(unpackFiles([{ name: 'f/' }])).rejects.toThrow(
    `cannot overwrite non-directory "${directory}/f" with directory "${directory}"`,
  )
})

test('leaves existing files unchanged if the archive is truncated', async () => {
  writeFileSync(join(directory, 'f'), 'old')
  const whole = tarBytes([{ name: 'f', content: 'x'.repeat(5000) }])
  await expect(unpackBytes(whole.subarray(0, 3000))).rejects.toThrow('unexpected EOF')
  expect(tree()).toEqual({ f: '644 old' })
  const other = tarBytes([{ name: 'g', content: 'x'.repeat(5000) }])
  await expect(unpackBytes(other.subarray(0, 3000))).rejects.toThrow('unexpected EOF')
  expect(tree()).toEqual({ f: '644 old' })
})

test('returns the size of the files', async () => {
  const files = [{ name: 'd/' }, { name: 'd/a', content: 'seven b' }, { name: 'd/b', content: 'x' }, { name: 'empty' }]
  expect(await unpackFiles(files)).toBe(8)
})

describe('an archive that is not trusted', () => {
  const outside = () => tree(join(base, 'outside'))
  const untouched = { secret: '644 secret' }

  test.each<[string, TarFile[], RegExp]>([
    ['a name with ..', [{ name: '../evil', content: 'x' }], /^"..\/evil" is outside of "/],
    ['a name that is ..', [{ name: '..', content: 'x' }], /^".." is outside of "/],
    ['a directory with ..', [{ name: '../outside/' }], /is outside of/],
    ['.. behind a directory', [{ name: 'a/' }, { name: 'a/../../outside/secret', content: 'x' }], /is outside of/],
    ['an implied directory with ..', [{ name: 'a/../../new/x', content: 'x' }], /is outside of/],
    [
      'a link with ..',
      [{ name: 'l', type: 'symlink', linkName: '../outside' }],
      /^invalid symlink ".*\/in\/l" -> "..\/outside"$/,
    ],
    [
      'a link to a directory whose name has the same prefix',
      [{ name: 'l', type: 'symlink', linkName: '../in2' }],
      /^invalid symlink/,
    ],
    [
      'a hard link with ..',
      [{ name: 'l', type: 'link', linkName: '../outside/secret' }],
      /^invalid hardlink ".*\/outside\/secret" -> "..\/outside\/secret"$/,
    ],
    ['a hard link to the directory', [{ name: 'l', type: 'link', linkName: '.' }], /^invalid hardlink/],
    [
      'a device',
      [{ name: 'sda', type: 'block', mode: 0o666, deviceMajor: 8, deviceMinor: 0 }],
      /device nodes are not copied/,
    ],
    [
      'a character device',
      [{ name: 'mem', type: 'char', deviceMajor: 1, deviceMinor: 1 }],
      /device nodes are not copied/,
    ],
    ['a file for the directory itself', [{ name: '.', content: 'x' }], /^cannot overwrite directory/],
  ])('is refused for %s', async (_, files, message) => {
    await expect(unpackFiles(files)).rejects.toThrow(message)
    expect(outside()).toEqual(untouched)
    expect(readdirSync(base).sort()).toEqual(['in', 'outside'])
    expect(Object.values(tree()).filter((what) => what !== '755')).toEqual([])
  })

  test.each<[string, string, TarFile[]]>([
    ['an absolute link', 'l', [{ name: 'l/evil', content: 'x' }]],
    ['a directory under an absolute link', 'l', [{ name: 'l/evil/' }]],
    ['a link to the directory of a file', 'l', [{ name: 'l/secret', content: 'x' }]],
    ['a link in another directory', 'a/l', [{ name: 'a/l/b/evil', content: 'x' }]],
    ['a hard link through an absolute link', 'l', [{ name: 'h', type: 'link', linkName: 'l/secret' }]],
  ])('does not write through %s, from the archive or there before', async (_, link, files) => {
    const target = join(base, 'outside')
    const parents = link.includes('/') ? [{ name: 'a/' }] : []
    const links: TarFile[] = [...parents, { name: link, type: 'symlink', linkName: target }]
    await expect(unpackFiles([...links, ...files])).rejects.toThrow(/is outside of|invalid hardlink/)
    expect(outside()).toEqual(untouched)
    expect(readlinkSync(join(directory, link))).toBe(target)
    await expect(unpackFiles(files)).rejects.toThrow(/is outside of|invalid hardlink/)
    expect(outside()).toEqual(untouched)
  })

  test('cannot replace a directory that was just created by a link', async () => {
    const files: TarFile[] = [
      { name: 'd/' },
      { name: 'd', type: 'symlink', linkName: join(base, 'outside') },
      { name: 'd/evil', content: 'x' },
    ]
    await expect(unpackFiles(files)).rejects.toThrow(/^cannot overwrite directory/)
    expect(outside()).toEqual(untouched)
  })

  test('is not written through a link by which another process replaces a directory', async () => {
    mkdirSync(join(directory, 'd'))
    writeFileSync(join(directory, 'd/secret'), 'old')
    const bytes = tarBytes([
      { name: 'd/' },
      { name: 'd/secret', content: 'x'.repeat(2000) },
      { name: 'd/new', content: 'x' },
      { name: 'd/sub/' },
      { name: 'p', type: 'fifo' },
      { name: 'z/' },
      { name: 'd/', mode: 0o777, mtime: 1 },
    ])
    async function* replaceDirectory() {
      yield bytes.subarray(0, 1500)
      renameSync(join(directory, 'd'), join(directory, 'moved'))
      symlinkSync(join(base, 'outside'), join(directory, 'd'))
      yield bytes.subarray(1500)
    }
    await expect(unpack(replaceDirectory(), { directory, renames: [] })).rejects.toThrow(
      /^cannot overwrite non-directory/,
    )
    expect(outside()).toEqual(untouched)
    expect(lstatSync(join(base, 'outside')).mtimeMs).toBeGreaterThan(1000)
    expect(readFileSync(join(directory, 'moved/new'), 'utf8')).toBe('x')
  })

  test('does not change the target of a hard link that it replaces', async () => {
    await unpackFiles([
      { name: 'a', content: 'first' },
      { name: 'h', type: 'link', linkName: 'a' },
      { name: 'h', content: 'second', mode: 0o600 },
    ])
    expect(tree()).toEqual({ a: '644 first', h: '600 second' })
  })

  test('may contain absolute names, which are relative to the directory', async () => {
    await unpackFiles([{ name: '/etc/' }, { name: '/etc/passwd', content: 'x' }])
    expect(tree()).toEqual({ 'etc/': '755', 'etc/passwd': '644 x' })
  })

  test('is unpacked to a directory that is a link', async () => {
    symlinkSync(directory, join(base, 'link'))
    await unpack(pieces(tarBytes([{ name: './' }, { name: './a', content: 'a' }]), 512), {
      directory: `${join(base, 'link')}/`,
      renames: [],
    })
    expect(tree()).toEqual({ a: '644 a' })
  })
})
