import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { renameTar } from '../../src/archive/rename-tar.ts'
import { tarHeader } from '../../src/archive/tar-header.ts'
import { readTar } from '../../src/archive/tar-reader.ts'
import { tarBytes } from '../parity/cases/container/tar-bytes.ts'

async function* pieces(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function renamed(archive: Buffer, from: string, to: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(renameTar(pieces(archive), [{ from, to }])))
}

/** Lists an archive as GNU's tar does, with owners and times. */
function listed(archive: Buffer): string[] {
  const args = ['tvf', '-', '--numeric-owner', '--full-time', '--utc', '--quoting-style=literal']
  return execFileSync('tar', args, { input: archive, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] })
    .trimEnd()
    .split('\n')
}

const TREE = tarBytes([
  { name: 'd/', mode: 0o1700 },
  { name: 'd/a', content: 'a\n', mode: 0o4751 },
  { name: 'd/l', type: 'symlink', linkName: 'd/a' },
  { name: 'd/h', type: 'link', linkName: 'd/a' },
  { name: `d/${'long/'.repeat(30)}é`, content: 'x'.repeat(1500) },
])

describe('the entries of a renamed archive', () => {
  test.each(['new', 'n'.repeat(150), 'é', 'with space'])('begin with %s and are otherwise the same', async (to) => {
    const before = listed(TREE)
    // Symbolic links keep their targets.
    const change = (line: string) => line.replace(' d/', ` ${to}/`).replace('link to d/', `link to ${to}/`)
    expect(listed(await renamed(TREE, 'd', to))).toEqual(before.map(change))
  })

  test('keep their content, owners and extended attributes', async () => {
    const archive = execFileSync('tar', [
      ...['cf', '-', '--format=pax', '--owner=12', '--group=34', '--pax-option=SCHILY.xattr.user.x:=1'],
      ...['-C', import.meta.dirname, 'rename-tar.test.ts'],
    ])
    const result = await renamed(archive, 'rename-tar.test.ts', 'new')
    const files = readTar(pieces(result))
    const { value } = await files.next()
    expect(value?.paxRecords.get('SCHILY.xattr.user.x')).toBe('1')
    expect(listed(result)[0]).toContain(' 12/34 ')
    expect(execFileSync('tar', ['xOf', '-', 'new'], { input: result })).toEqual(
      execFileSync('tar', ['xOf', '-', 'rename-tar.test.ts'], { input: archive }),
    )
  })

  test('of GNU format have their new names', async () => {
    const name = `${'g'.repeat(150)}`
    const args = ['cf', '-', '--format=gnu', `--transform=s/rename-tar.test.ts/${name}/`]
    const archive = execFileSync('tar', [...args, '-C', import.meta.dirname, 'rename-tar.test.ts'])
    expect(listed(await renamed(archive, name, 'new'))[0]).toMatch(/ new$/)
  })
})

test.each([
  ['cut', (bytes: Buffer) => bytes.subarray(0, 1200), 'unexpected EOF'],
  ['malformed', () => Buffer.alloc(2048, 'x'), 'archive/tar: invalid tar header'],
])('an archive that is %s is reported', async (_, spoil, message) => {
  const archive = tarBytes([{ name: 'f', content: 'x'.repeat(900) }])
  await expect(renamed(spoil(archive), 'f', 'g')).rejects.toThrow(message)
})

test('a header has the checksum of its new bytes', async () => {
  const header = tarHeader({ name: 'f', type: 'file', mode: 0o644, size: 0, mtime: 0 })
  const result = await renamed(Buffer.concat([header, Buffer.alloc(1024)]), 'f', 'g')
  expect((await Array.fromAsync(readTar(pieces(result)))).map(({ entry }) => entry.name)).toEqual(['g'])
})
