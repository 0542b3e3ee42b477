import { failure, type Replies, type Reply } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { type TarFile, tarBytes } from './tar-bytes.ts'

/** Kinds of files in Go's `fs.FileMode`. */
const DIRECTORY = 2 ** 31 + 0o755
const FILE = 0o644
const LINK = 2 ** 27 + 0o777
const DEVICE = 2 ** 26 + 2 ** 21 + 0o666
const IRREGULAR = 2 ** 19 + 0o644

interface Stat {
  readonly name?: string
  readonly mode?: number
  readonly linkTarget?: string
}

function stat({ name = 'x', mode = FILE, linkTarget = '' }: Stat): Reply {
  const value = { name, size: 4, mode, mtime: '2020-01-02T03:04:05Z', linkTarget }
  return { headers: { 'X-Docker-Container-Path-Stat': Buffer.from(JSON.stringify(value)).toString('base64') } }
}

const missing = failure(404, 'Could not find the file /x in container c')
const done: Reply = { status: 200 }

/** Returns the stat of the destination in the container. A second stat is that of a link's target. */
const into = (...stats: readonly Reply[]): Replies => ({
  'HEAD /containers/c/archive': stats,
  'PUT /containers/c/archive': done,
})
const directory = stat({ mode: DIRECTORY })
const file = stat({})
const link = (linkTarget: string) => stat({ mode: LINK, linkTarget })

/** Returns the responses for a source in the container. */
const outOf = (described: Reply, files: readonly TarFile[]): Replies => ({
  'HEAD /containers/c/archive': described,
  'GET /containers/c/archive': { ...described, chunks: [tarBytes(files)] },
})
const aFile = outOf(file, [{ name: 'x', content: 'new\n', mode: 0o640 }])
const aDirectory = outOf(directory, [
  { name: 'x/' },
  { name: 'x/a', content: 'a\n', mode: 0o755 },
  { name: 'x/sub/', mode: 0o700 },
  { name: 'x/sub/b', content: 'b\n' },
  { name: 'x/l', type: 'symlink', linkName: 'sub/b' },
  { name: 'x/h', type: 'link', linkName: 'x/a', mode: 0o755 },
])
const dotDirectory = outOf(directory, [{ name: './' }, { name: './a', content: 'a\n' }])

const files = {
  'cwd/f': 'file\n',
  'cwd/x:y': 'colon\n',
  'cwd/d/a': 'a\n',
  'cwd/d/sub/b': { text: 'b\n', mode: 0o755 },
  'cwd/d/l': { link: 'sub/b' },
  'cwd/empty': 'directory',
  'cwd/lf': { link: 'f' },
  'cwd/ld': { link: 'd' },
  'cwd/broken': { link: 'nowhere' },
  'cwd/loop': { link: 'loop' },
} as const

const toContainer = (
  locals: readonly (readonly string[])[],
  target: string,
  replies: Replies,
  note: string,
): ParityCase[] => locals.map((words) => ({ argv: ['cp', '-q=false', ...words, `c:${target}`], files, replies, note }))

const locals: readonly (readonly string[])[] = [
  ['f'],
  ['./f'],
  ['<dir>/cwd/f'],
  ['f/'],
  ['f/.'],
  ['d'],
  ['d/'],
  ['d/.'],
  ['d/sub/..'],
  ['./x:y'],
  ['empty'],
  ['empty/.'],
  ['lf'],
  ['lf/'],
  ['ld'],
  ['ld/'],
  ['ld/.'],
  ['-L', 'lf'],
  ['-L', 'ld'],
  ['-L', 'ld/'],
  ['-L', 'ld/.'],
  ['broken'],
  ['-L', 'broken'],
  ['loop'],
  ['-L', 'loop'],
  ['nosuch'],
  ['nosuch/f'],
  ['.'],
]

const intoCases: ParityCase[] = [
  ...toContainer(locals, '/x', into(directory), 'into a directory'),
  ...toContainer(locals, '/x', into(file), 'over a file'),
  ...toContainer(locals, '/new', into(missing), 'as a new name'),
  ...toContainer(locals, '/new/', into(missing), 'as a new directory'),
  ...toContainer([['f'], ['d'], ['d/.']], '/new/.', into(missing), 'as a new directory with a dot'),
  ...toContainer([['f'], ['d']], 'rel/x', into(missing), 'a relative path'),
  ...toContainer([['f'], ['d']], '', into(missing), 'no path'),
  ...toContainer([['f'], ['d']], '/a b/é?&', into(missing), 'an odd path'),
  ...toContainer([['f'], ['d']], `/${'n'.repeat(120)}`, into(missing), 'a long name'),
  ...toContainer([['f'], ['d']], '/x', into(link('/t/target'), directory), 'a link to a directory'),
  ...toContainer([['f'], ['d']], '/x', into(link('/t/target'), file), 'a link to a file'),
  ...toContainer([['f'], ['d']], '/x', into(link('../target'), missing), 'a dangling link'),
  ...toContainer([['f'], ['d']], '/p/x', into(link('t'), directory), 'a relative link'),
  ...toContainer([['f'], ['d']], '/x', into(stat({ mode: DEVICE })), 'a device'),
  ...toContainer([['f']], '/x', into(stat({ mode: IRREGULAR })), 'an irregular file'),
  ...toContainer([['f']], '/x', into(link('/t'), stat({ mode: DEVICE })), 'a link to a device'),
  ...each(
    ['cp'],
    [
      ['f', 'c:/x'],
      ['-a', 'd', 'c:/x'],
      ['--archive', 'f', 'c:/x'],
      ['-a=false', 'f', 'c:/x'],
      ['-q', 'f', 'c:/x'],
      ['--quiet=true', 'f', 'c:/x'],
      ['-aLq', 'lf', 'c:/x'],
      ['f', 'c:/x', '-a'],
      ['--', 'f', 'c:/x'],
      ['-', 'c:/x'],
      ['-a', '-', 'c:/x'],
    ],
    { files, replies: into(directory), stdin: 'not an archive' },
  ),
  { argv: ['cp', '-', 'c:/x'], replies: into(file), stdin: 'x', note: 'a file' },
  { argv: ['cp', '-', 'c:/x'], replies: into(missing), stdin: 'x', note: 'nothing' },
  { argv: ['cp', '-q=false', '-', 'c:/x'], replies: into(directory), stdin: 'x', note: 'with progress' },
  { argv: ['container', 'cp', '-q=false', 'd', 'c:/x'], files, replies: into(directory) },
]

/** The files that a copy may write. */
const outputs = [
  'x',
  'x/a',
  'x/sub/b',
  'x/l',
  'x/h',
  'new',
  'new/a',
  'new/l',
  'f',
  'd/x',
  'd/a',
  'd/x/a',
  'a',
  'nowhere',
].map((name) => `cwd/${name}`)

const fromContainer = (
  targets: readonly (readonly string[])[],
  path: string,
  replies: Replies,
  note: string,
): ParityCase[] =>
  targets.map((words) => ({ argv: ['cp', '-q=false', `c:${path}`, ...words], files, replies, outputs, note }))

const targets: readonly (readonly string[])[] = [
  ['.'],
  ['./'],
  ['d'],
  ['d/'],
  ['d/.'],
  ['f'],
  ['f/'],
  ['f/x'],
  ['new'],
  ['new/'],
  ['./new/.'],
  ['no/new'],
  ['<dir>/cwd/new'],
  ['lf'],
  ['ld'],
  ['ld/'],
  ['broken'],
  ['loop'],
  ['/dev/null'],
]

const outCases: ParityCase[] = [
  ...fromContainer(targets, '/p/x', aFile, 'a file'),
  ...fromContainer(targets, '/p/x', aDirectory, 'a directory'),
  ...fromContainer(targets, '/p/x/.', dotDirectory, "a directory's content"),
  ...fromContainer([['.'], ['new']], '/p/x/', aDirectory, 'a directory with a slash'),
  ...fromContainer([['new'], ['.']], 'x', aFile, 'a relative path'),
  ...fromContainer([['.']], '/', outOf(directory, [{ name: '/' }, { name: '/a', content: 'a\n' }]), 'the root'),
  ...fromContainer([['new']], '/', outOf(directory, [{ name: '/' }, { name: '/a', content: 'a\n' }]), 'the root'),
  ...each(
    ['cp'],
    [
      ['c:/p/x', 'new'],
      ['-q', 'c:/p/x', 'new'],
      ['-a', 'c:/p/x', 'new'],
      ['c:/p/x', 'new', '-q'],
      ['c:/p/x', '-'],
      ['-q=false', 'c:/p/x', '-'],
      ['-L', 'c:/p/x', 'new'],
    ],
    { files, replies: aFile, outputs },
  ),
  ...['/t/target', 't', '../up'].flatMap((target): ParityCase[] =>
    ['c:/p/x', 'c:/p/x/', 'c:/p/x/.'].map((source) => ({
      argv: ['cp', '-L', '-q=false', source, 'new'],
      files,
      outputs,
      replies: {
        'HEAD /containers/c/archive': link(target),
        'GET /containers/c/archive': {
          ...directory,
          chunks: [tarBytes([{ name: 'target/' }, { name: 'target/a', content: 'a\n' }])],
        },
      },
      note: `a link to ${target}`,
    })),
  ),
  { argv: ['container', 'cp', 'c:/p/x', 'new'], files, replies: aDirectory, outputs },
]

const hostile: readonly (readonly [note: string, entry: TarFile])[] = [
  ['a name with ..', { name: '../evil', content: 'x' }],
  ['a link with ..', { name: 'x/up', type: 'symlink', linkName: '../../evil' }],
  ['a hard link with ..', { name: 'x/up', type: 'link', linkName: '../evil' }],
  ['an absolute name', { name: '/a', content: 'absolute\n' }],
  ['an absolute link', { name: 'x/abs', type: 'symlink', linkName: '/etc/passwd' }],
]

const faultCases: ParityCase[] = [
  ...hostile.map(
    ([note, entry]): ParityCase => ({
      argv: ['cp', 'c:/p/x', '.'],
      files,
      outputs,
      replies: outOf(directory, [{ name: 'x/' }, entry]),
      note,
    }),
  ),
  ...[
    ['a directory over a file', outOf(directory, [{ name: 'f/' }])] as const,
    ['a file over a directory', outOf(file, [{ name: 'd', content: 'x' }])] as const,
    ['no archive', { 'GET /containers/c/archive': { ...file, chunks: ['x'.repeat(2000)] } }] as const,
    [
      'a truncated archive',
      {
        'GET /containers/c/archive': {
          ...file,
          chunks: [tarBytes([{ name: 'x', content: 'y'.repeat(900) }]).subarray(0, 1000)],
        },
      },
    ] as const,
    ['an empty archive', { 'GET /containers/c/archive': { ...file, chunks: [Buffer.alloc(1024)] } }] as const,
    ['an empty body', { 'GET /containers/c/archive': { ...file, chunks: [] } }] as const,
    ['without a stat', { 'GET /containers/c/archive': { chunks: [tarBytes([])] } }] as const,
    [
      'a bad stat',
      { 'GET /containers/c/archive': { headers: { 'X-Docker-Container-Path-Stat': 'e30K!' }, chunks: [] } },
    ] as const,
    ['a missing file', { 'GET /containers/c/archive': missing }] as const,
    [
      'a broken response',
      { 'GET /containers/c/archive': { ...file, chunks: ['x'], fail: 'close-mid-response' } },
    ] as const,
    ['a failing daemon', { 'GET /containers/c/archive': failure(500, 'no luck') }] as const,
  ].map(([note, replies]): ParityCase => ({ argv: ['cp', 'c:/p/x', '.'], files, outputs, replies, note })),
  ...(['GET', 'PUT'] as const).map(
    (method): ParityCase => ({
      argv: method === 'GET' ? ['cp', 'c:/x', '.'] : ['cp', 'f', 'c:/x'],
      files,
      replies: { 'HEAD *': directory, [`${method} /containers/c/archive`]: { fail: 'hang', signal: 'SIGINT' } },
      note: 'interrupted',
    }),
  ),
  {
    argv: ['cp', '-q=false', 'f', 'c:/x'],
    files,
    replies: { 'HEAD *': directory, 'PUT *': failure(409, 'container rootfs is marked read-only') },
    note: 'refused',
  },
  {
    argv: ['cp', '-q=false', 'd', 'c:/x'],
    files,
    replies: { 'HEAD *': directory, 'PUT *': { fail: 'close-before-response' } },
    note: 'daemon closes',
  },
  ...each(
    ['cp'],
    [
      ['f', 'c:/x'],
      ['nosuch', 'c:/x'],
      ['c:/x', '.'],
      ['c:/x', 'no/x'],
    ],
    {
      files,
      daemon: 'none',
      note: 'no daemon',
    },
  ),
  ...each(
    ['cp'],
    [
      [],
      ['a'],
      ['a', 'b', 'c'],
      ['a', 'b'],
      ['a:/x', 'b:/y'],
      ['', 'c:/x'],
      ['c:/x', ''],
      ['', ''],
      [':/x', '.'],
      [' :/x', '.'],
      ['f', ':/x'],
      ['f', ' :/x'],
      ['/c:/x', 'd'],
      ['.c:/x', 'd'],
      ['--bogus', 'f', 'c:/x'],
      ['-x', 'f', 'c:/x'],
      ['-q=maybe', 'f', 'c:/x'],
      ['-', '-'],
    ],
    { files },
  ),
  ...each(['container', 'cp'], [[], ['--bogus'], ['a', 'b']]),
  ...each(['cp'], [['--help'], ['a', '--help'], ['-h']], { lenient: helpIsOurs }),
]

export const cp: ParityGroup = { name: 'cp', cases: [...intoCases, ...outCases, ...faultCases] }
