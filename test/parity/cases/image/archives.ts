import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { oddNames } from '../container/stop-kill-rm.ts'

const ARCHIVE = 'an archive, or so the daemon says\n'

const help = (command: readonly string[]): ParityCase[] =>
  each(command, [['--help'], ['a', '--help'], ['-h'], ['-h', 'a']], { lenient: helpIsOurs })

const files = {
  'cwd/in': ARCHIVE,
  'cwd/old': { text: 'what was there\n', mode: 0o644 },
  'cwd/directory': 'directory',
  'cwd/link': { link: 'old' },
} as const
const outputs = ['cwd/out', 'cwd/old', 'out', 'cwd/directory/out']

const places: readonly (readonly string[])[] = [
  ['-o', 'out', 'a'],
  ['-oout', 'a'],
  ['--output=out', 'a'],
  ['--output', '<dir>/out', 'a'],
  ['a', '-o', 'directory/out'],
  ['-o', '../out', 'a'],
  ['-o', 'old', 'a'],
  ['-o', 'old', '-o', 'out', 'a'],
  ['-o', '', 'a'],
  ['-o', 'directory', 'a'],
  ['-o', 'directory/', 'a'],
  ['-o', '.', 'a'],
  ['-o', '..', 'a'],
  ['-o', 'link', 'a'],
  ['-o', 'old/out', 'a'],
  ['-o', 'no/out', 'a'],
  ['-o'],
]

/** Returns the cases for the destination of an archive, which `save` and `export` share. */
function writing(verb: string, path: string): ParityCase[] {
  const key = `GET ${path}`
  const replies: Replies = { [key]: { chunks: [ARCHIVE, ARCHIVE] } }
  const faults: readonly (readonly [note: string, replies: Replies])[] = [
    ['nothing', { [key]: { chunks: [] } }],
    ['missing', { [key]: failure(404, 'No such thing: a') }],
    ['failing', { [key]: failure(500, 'no luck') }],
    ['ends early', { [key]: { chunks: [ARCHIVE], fail: 'close-mid-response' } }],
    ['daemon closes', { [key]: { fail: 'close-before-response' } }],
    ['interrupted', { [key]: { chunks: [ARCHIVE], fail: 'hang', signal: 'SIGINT' } }],
    ['terminated', { [key]: { chunks: [ARCHIVE], fail: 'hang', signal: 'SIGTERM' } }],
  ]
  return [
    ...each([verb], [['a'], ...places], { files, replies, outputs }),
    ...faults.flatMap(([note, refused]): ParityCase[] => [
      { argv: [verb, 'a'], replies: refused, note },
      { argv: [verb, '-o', 'old', 'a'], files, replies: refused, outputs, note },
    ]),
    ...each([verb], [['a'], ['-o', 'out', 'a'], ['-o', 'no/out', 'a']], { outputs, daemon: 'none', note: 'no daemon' }),
    ...each([verb], oddNames, { replies: { 'GET *': { chunks: ['x'] } } }),
    ...each([verb], [[], ['--bogus', 'a'], ['-x', 'a']]),
    ...help([verb]),
  ]
}

const many: Replies = { 'GET /images/get': { chunks: [ARCHIVE] } }

const saveCases: ParityCase[] = [
  ...writing('save', '/images/get'),
  ...each(
    ['save'],
    [
      ['a', 'b:1', 'c@sha256:1'],
      ['a', 'a'],
    ],
    { replies: many },
  ),
  ...each(
    ['save'],
    [
      ['--platform', 'linux/amd64', 'a'],
      ['--platform=linux/arm/v7', 'a'],
      ['--platform', 'arm64', 'a'],
      ['--platform', '', 'a'],
      ['--platform', 'bogus/x/y/z', 'a'],
      ['--platform', 'bogus', '-o', 'no/x', 'a'],
      ['--platform', 'linux/amd64', '--platform', 'linux/arm64', 'a'],
      ['--platform', 'linux/amd64,linux/arm64', 'a'],
    ],
    { replies: many },
  ),
  { argv: ['save', '--platform', 'linux/amd64', 'a'], replies: many, apiVersion: '1.47', note: 'daemon 1.47' },
  { argv: ['image', 'save', '-o', 'out', 'a'], replies: many, outputs },
  ...each(['image', 'save'], [[], ['--bogus'], ['a']], { replies: many }),
]

const exportCases: ParityCase[] = [
  ...writing('export', '/containers/a/export'),
  ...each(
    ['export'],
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ],
  ),
  { argv: ['container', 'export', '-o', 'out', 'a'], replies: { 'GET *': { chunks: [ARCHIVE] } }, outputs },
  ...each(['container', 'export'], [[], ['--bogus'], ['a', 'b']]),
]

const loaded: Replies = {
  'POST /images/load': {
    lines: [
      { status: 'Loading layer', progressDetail: { current: 1, total: 2 }, progress: '[=>]', id: '0123' },
      { stream: 'Loaded image: a:latest\n' },
      { stream: 'Loaded image ID: sha256:1\n' },
    ],
  },
}

const loadCases: ParityCase[] = [
  ...each(
    ['load'],
    [[], ['-q'], ['--quiet=false'], ['-i', ''], ['--platform', 'linux/amd64'], ['--platform', 'bogus/x/y/z']],
    {
      replies: loaded,
      stdin: ARCHIVE,
    },
  ),
  ...each(
    ['load'],
    [
      ['-i', 'in'],
      ['-iin'],
      ['--input=in'],
      ['--input', '<dir>/cwd/in'],
      ['-qi', 'in'],
      ['-i', 'nosuch'],
      ['-i', 'in/x'],
      ['-i', 'directory'],
      ['-i', 'nosuch', '--platform', 'bogus/x'],
      ['-i', '/dev/null'],
      ['-i', '-'],
    ],
    { files, replies: loaded },
  ),
  { argv: ['load'], replies: loaded, note: 'without stdin' },
  { argv: ['load', '--platform', 'linux/amd64'], stdin: ARCHIVE, apiVersion: '1.47', note: 'daemon 1.47' },
  {
    argv: ['load'],
    stdin: ARCHIVE,
    replies: { 'POST /images/load': { chunks: ['Loaded, says an old daemon\n'] } },
    note: 'text',
  },
  {
    argv: ['load'],
    stdin: ARCHIVE,
    replies: { 'POST /images/load': { lines: [{ errorDetail: { message: 'bad layer' }, error: 'bad layer' }] } },
    note: 'an error',
  },
  { argv: ['load'], stdin: ARCHIVE, replies: { 'POST /images/load': failure(500, 'no luck') }, note: 'refused' },
  {
    argv: ['load', '-i', 'in'],
    files,
    replies: { 'POST /images/load': { fail: 'close-before-response' } },
    note: 'daemon closes',
  },
  {
    argv: ['load', '-i', 'in'],
    files,
    replies: { 'POST /images/load': { lines: [{ stream: 'Loaded' }], fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  ...each(
    ['load'],
    [
      ['-i', 'in'],
      ['-i', 'nosuch'],
    ],
    { files, daemon: 'none', note: 'no daemon' },
  ),
  ...each(['load'], [['a'], ['--bogus'], ['-x'], ['-i'], ['-q=maybe']]),
  { argv: ['image', 'load', '-i', 'in'], files, replies: loaded },
  ...each(['image', 'load'], [['a'], ['--bogus']]),
  ...help(['load']),
]

const imported: Replies = { 'POST /images/create': { lines: [{ status: 'sha256:0123' }] } }

const importCases: ParityCase[] = [
  ...each(
    ['import'],
    [
      ['-'],
      ['-', 'a'],
      ['-', 'a:1'],
      ['-', 'example.com/a:1'],
      ['-', ''],
      ['-', 'BAD'],
      ['-', 'a', 'b', 'c'],
      ['-c', 'CMD ["x"]', '-', 'a'],
      ['--change', 'ENV A=b c', '--change=EXPOSE 80', '-'],
      ['-c', '', '-'],
      ['-m', 'a message', '-'],
      ['--message=é', '-', 'a'],
      ['-m', '', '-'],
      ['--platform', 'Linux/ARM64', '-'],
      ['--platform', '', '-'],
      ['--platform', 'bogus/x/y/z', '-'],
      ['-', 'a', '-m', 'late'],
      ['http://example.com/a.tar'],
      ['https://example.com/a.tar', 'a', '-m', 'x'],
      ['HTTP://example.com/a.tar'],
      ['ftp://example.com/a.tar'],
      [''],
    ],
    { replies: imported, stdin: ARCHIVE },
  ),
  ...each(
    ['import'],
    [
      ['in'],
      ['in', 'a'],
      ['<dir>/cwd/in'],
      ['nosuch'],
      ['nosuch', 'BAD'],
      ['in', 'BAD'],
      ['directory'],
      ['in/x'],
      ['/dev/null'],
    ],
    { files, replies: imported },
  ),
  {
    argv: ['import', '-'],
    replies: imported,
    stdin: 'x',
    env: { DOCKER_DEFAULT_PLATFORM: 'linux/s390x' },
    note: 'env',
  },
  {
    argv: ['import', '--platform', 'linux/amd64', '-'],
    replies: imported,
    stdin: 'x',
    env: { DOCKER_DEFAULT_PLATFORM: 'linux/s390x' },
    note: 'flag over env',
  },
  { argv: ['import', '-'], stdin: 'x', replies: { 'POST *': failure(500, 'no luck') }, note: 'refused' },
  {
    argv: ['import', '-'],
    stdin: 'x',
    replies: { 'POST *': { lines: [{ status: 'Importing' }, { errorDetail: { message: 'bad' }, error: 'bad' }] } },
    note: 'an error',
  },
  {
    argv: ['import', 'http://example.com/a.tar'],
    replies: {
      'POST *': {
        lines: [
          { status: 'Downloading from http://example.com/a.tar' },
          { status: 'Importing', progressDetail: { current: 1, total: 2 }, progress: '[=>]' },
          { status: 'sha256:1' },
        ],
      },
    },
    note: 'progress',
  },
  {
    argv: ['import', 'in'],
    files,
    replies: { 'POST *': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  ...each(['import'], [['in'], ['nosuch']], { files, daemon: 'none', note: 'no daemon' }),
  ...each(['import'], [[], ['--bogus', '-'], ['-x', '-'], ['-c']]),
  { argv: ['image', 'import', 'in', 'a:1'], files, replies: imported },
  ...each(['image', 'import'], [[], ['--bogus']]),
  ...help(['import']),
]

const committed: Replies = { 'POST /commit': json({ Id: 'sha256:0123' }, 201) }

const commitCases: ParityCase[] = [
  ...each(
    ['commit'],
    [
      ['a'],
      ['a', 'b'],
      ['a', 'b:1'],
      ['a', 'example.com/b:1'],
      ['a', 'docker.io/library/b'],
      ['a', ''],
      ['a', 'BAD'],
      ['a', 'b:'],
      ['a', `b@sha256:${'1'.repeat(64)}`],
      ['a', '1'.repeat(64)],
      ['-a', 'Ann <a@example.com>', 'a'],
      ['--author=', 'a'],
      ['-m', 'a message', 'a', 'b'],
      ['--message', 'é&=', 'a'],
      ['-c', 'ENV A=b', '-c', 'CMD ["x"]', 'a'],
      ['--change=', 'a'],
      ['-p', 'a'],
      ['-p=false', 'a'],
      ['--pause=false', 'a', 'b'],
      ['--pause=maybe', 'a'],
      ['-p', 'false', 'a'],
      ['a', '-m', 'late'],
      ['a', '-x'],
      ['--', 'a'],
      [' a '],
      [],
      ['a', 'b', 'c'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['--no-pause', 'a'],
    ],
    { replies: committed },
  ),
  ...each(['commit'], oddNames, { replies: committed, note: 'odd name' }),
  { argv: ['commit', 'a'], replies: { 'POST *': failure(404, 'No such container: a') }, note: 'missing' },
  { argv: ['commit', 'a'], replies: { 'POST *': json({}) }, note: 'no id' },
  { argv: ['commit', 'a'], replies: { 'POST *': json([]) }, note: 'no object' },
  { argv: ['commit', 'a'], replies: { 'POST *': { chunks: ['nonsense'] } }, note: 'no JSON' },
  { argv: ['commit', 'a'], replies: { 'POST *': { fail: 'close-before-response' } }, note: 'daemon closes' },
  { argv: ['commit', 'a'], replies: { 'POST *': { fail: 'hang', signal: 'SIGINT' } }, note: 'interrupted' },
  ...each(['commit'], [['a'], ['a', 'BAD']], { daemon: 'none', note: 'no daemon' }),
  { argv: ['container', 'commit', '-m', 'x', 'a', 'b'], replies: committed },
  ...each(['container', 'commit'], [[], ['--bogus']]),
  ...help(['commit']),
]

export const save: ParityGroup = { name: 'save', cases: saveCases }
export const exportGroup: ParityGroup = { name: 'export', cases: exportCases }
export const load: ParityGroup = { name: 'load', cases: loadCases }
export const importGroup: ParityGroup = { name: 'import', cases: importCases }
export const commit: ParityGroup = { name: 'commit', cases: commitCases }
