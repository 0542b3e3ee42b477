import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BuildKitReplies, FakeBuildKit } from '../support/buildkit-daemon.ts'
import type { SessionReader, TreeEntry } from '../support/buildkit-session.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { type Outcome, programs, Shell } from '../support/run.ts'
import { dockerOfBuildKit } from './buildkit.ts'

/** Bits of Go's os.FileMode. */
const DIRECTORY = 0x8000_0000 + 0o755
const SYMLINK = 0x0800_0000 + 0o777
const FIFO = 0x0200_0000 + 0o644
const FILE = 0o644

/** Labels of a worker that uses containerd, whose daemon can export caches. */
const CONTAINERD = { 'org.mobyproject.buildkit.worker.snapshotter': 'overlayfs' }

/** The build runs in `base/cwd` and may write to `base/cwd/out`. `base/elsewhere` must not change. */
let base: string
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'tug-hostile-'))
  for (const directory of ['cwd', 'elsewhere/sub', 'elsewhere/x']) mkdirSync(join(base, directory), { recursive: true })
  writeFileSync(join(base, 'cwd/Dockerfile'), 'FROM scratch\n')
  writeFileSync(join(base, 'elsewhere/victim'), 'theirs', { mode: 0o600 })
})
afterEach(() => rmSync(base, { recursive: true }))

const directory = (path: string): TreeEntry => ({ path, mode: DIRECTORY })
const file = (path: string, content = 'evil'): TreeEntry => ({ path, mode: FILE, content })
const symlink = (path: string, link: string): TreeEntry => ({ path, mode: SYMLINK, link })
const hardLink = (path: string, link: string): TreeEntry => ({ path, mode: FILE, link })

/** Lists everything below a directory, with type, mode and content. */
function listing(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stats = lstatSync(join(root, name))
      const content = stats.isFile() ? readFileSync(join(root, name), 'utf8') : ''
      const target = stats.isSymbolicLink() ? `-> ${readlinkSync(join(root, name))}` : ''
      return `${name} ${stats.mode.toString(8)} ${stats.mtimeMs} ${content}${target}`
    })
}

describe.each(programs)('$name: what a hostile BuildKit may write', (program) => {
  async function build(replies: BuildKitReplies, line: string): Promise<Outcome> {
    const buildkit = new FakeBuildKit(replies)
    const daemon = new FakeDaemon({ replies: dockerOfBuildKit, buildkit })
    const socket = join(base, 'docker.sock')
    await daemon.listen(socket)
    const shell = await Shell.open(program, { socket })
    try {
      return await shell.run(line, { cwd: join(base, 'cwd') })
    } finally {
      await shell.close()
      buildkit.close()
      await daemon.close()
      rmSync(socket, { force: true })
    }
  }

  const elsewhere = () => join(base, 'elsewhere')
  const lead = (entry: TreeEntry) => () => [directory('a'), symlink('a', elsewhere()), entry]

  test.each<[string, () => TreeEntry[], string]>([
    ['a file behind a link in the place of a directory', lead(file('a/new')), 'changes out of order: "a" "a"'],
    ['a file over another one there', lead(file('a/victim')), 'changes out of order: "a" "a"'],
    ['a directory in the place of a file there', lead(directory('a/victim')), 'changes out of order: "a" "a"'],
    ['a file in the place of a directory there', lead(file('a/sub')), 'changes out of order: "a" "a"'],
    ['a directory there, for its mode and time', lead(directory('a/sub')), 'changes out of order: "a" "a"'],
    [
      'a link, then a file behind it',
      () => [symlink('a', elsewhere()), file('a/new')],
      'changes out of order: "a/new" "a"',
    ],
    [
      'a link in the place of a directory further up',
      () => [directory('a'), directory('a/x'), symlink('a', elsewhere()), file('a/x/new')],
      'changes out of order: "a" "a"',
    ],
    ['a directory that never came', () => [file('a/new')], 'changes out of order: "a/new" ""'],
    ['a path upwards', () => [file('../elsewhere/new')], 'escape check ../elsewhere/new: invalid argument'],
    ['an absolute path', () => [file(`${elsewhere()}/new`)], 'absolute path '],
    ['a path with dots inside', () => [directory('a'), file('a/../../elsewhere/new')], 'unclean path'],
    [
      'a hard link upwards',
      () => [hardLink('h', '../elsewhere/victim')],
      'invalid link h to unknown path: "../elsewhere/victim"',
    ],
    [
      'a hard link through a link',
      () => [symlink('a', elsewhere()), hardLink('h', 'a/victim')],
      'invalid link h to unknown path: "a/victim"',
    ],
    [
      'a hard link to a link',
      () => [symlink('a', `${elsewhere()}/victim`), hardLink('h', 'a')],
      'invalid link h to unknown',
    ],
    ['a path twice', () => [file('a'), file('a')], 'changes out of order: "a" "a"'],
    ['a path too early', () => [file('b'), file('a')], 'changes out of order: "a" "b"'],
    ['a name that no system takes', () => [file('a\0b')], 'invalid argument'],
    ['a path that is too long', () => deep(), 'file name too long'],
  ])('%s', async (_, entries, message) => {
    const before = listing(elsewhere())
    const outcome = await build({ tree: entries() }, 'tug build -o out .')
    expect(outcome.stderr).toContain(message)
    expect(outcome.exitCode).toBe(1)
    expect(listing(elsewhere())).toEqual(before)
    expect(readdirSync(base).sort()).toEqual(['cwd', 'elsewhere'])
    expect(readdirSync(join(base, 'cwd')).sort()).toEqual(['Dockerfile', 'out'])
  })

  test('links in the tree and links that existed before are replaced instead of followed', async () => {
    mkdirSync(join(base, 'cwd/out'))
    const before = listing(elsewhere())
    const { exitCode: first } = await build(
      {
        tree: [symlink('a', elsewhere()), symlink('f', `${elsewhere()}/victim`), symlink('p', `${elsewhere()}/victim`)],
      },
      'tug build -o out .',
    )
    expect(first).toBe(0)
    const tree = [directory('a'), file('a/victim', 'mine'), file('f', 'mine'), { path: 'p', mode: FIFO }]
    expect(await build({ tree }, 'tug build -o out .')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(listing(elsewhere())).toEqual(before)
    expect(readFileSync(join(base, 'cwd/out/a/victim'), 'utf8')).toBe('mine')
    expect(readFileSync(join(base, 'cwd/out/f'), 'utf8')).toBe('mine')
    expect(lstatSync(join(base, 'cwd/out/p')).isFIFO()).toBe(true)
  })

  test('a valid tree with all kinds of entries is written', async () => {
    const tree = [
      directory('a'),
      file('a/x', 'x'),
      directory('a/y'),
      hardLink('a/y/h', 'a/x'),
      file('a-b', ''),
      { path: 'p', mode: FIFO },
      symlink('s', '../anywhere'),
    ]
    expect(await build({ tree }, 'tug build -o out .')).toMatchObject({ exitCode: 0, stderr: '' })
    expect(listing(join(base, 'cwd/out'))).toEqual([
      'a 40755 1000 ',
      'a-b 100644 1000 ',
      'a/x 100644 1000 x',
      'a/y 40755 1000 ',
      'a/y/h 100644 1000 x',
      expect.stringMatching(/^p 10644 /),
      's 120777 1000 -> ../anywhere',
    ])
  })

  test('an archive is written only to its file, and nothing without an output', async () => {
    const asks = async (session: SessionReader) => {
      for (const position of [0, 1, 7]) await session.send(position, 'evil').catch(() => {})
    }
    const before = listing(elsewhere())
    await build({ asks }, `tug build -o type=tar,dest=out.tar .`)
    await build({ asks }, `tug build --metadata-file meta.json .`)
    expect(listing(elsewhere())).toEqual(before)
    expect(
      readdirSync(join(base, 'cwd')).filter((name) => !['Dockerfile', 'meta.json', 'out.tar'].includes(name)),
    ).toEqual([])
  })

  test('a cache receives blobs only under their digests', async () => {
    const refused: unknown[] = []
    const asks = async (session: SessionReader) => {
      for (const store of ['local:cache', 'local:..', '__proto__', 'local:../elsewhere']) {
        for (const digest of ['sha256:../../../elsewhere/new', 'x', '../x', `md5:${'0'.repeat(32)}`]) {
          refused.push(await session.blob(store, digest))
          refused.push(await session.putBlob(store, 'evil', digest).catch(String))
        }
      }
    }
    const before = listing(elsewhere())
    await build({ asks, workerLabels: CONTAINERD }, 'tug build --cache-to type=local,dest=cache .')
    expect(refused).toHaveLength(32)
    for (const each of refused) expect(each).not.toHaveProperty('digest')
    expect(listing(elsewhere())).toEqual(before)
    expect(readdirSync(base).sort()).toEqual(['cwd', 'elsewhere'])
  })
})

/** Nested directories whose path is much longer than Linux allows. */
function deep(): TreeEntry[] {
  const name = 'd'.repeat(200)
  return Array.from({ length: 25 }, (_, depth) => directory(Array.from({ length: depth + 1 }, () => name).join('/')))
}
