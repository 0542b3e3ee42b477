import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const containersGone = { ContainersDeleted: ['c1'.padEnd(64, '0'), 'c2'.padEnd(64, '0')], SpaceReclaimed: 2_130_000 }
const imagesGone = {
  ImagesDeleted: [
    { Untagged: 'busybox:old' },
    { Untagged: `busybox@sha256:${'b'.repeat(64)}` },
    { Deleted: `sha256:${'1'.repeat(64)}` },
    { Deleted: `sha256:${'2'.repeat(64)}`, Untagged: '' },
    { Deleted: 'sha256:both', Untagged: 'both:1' },
    {},
  ],
  SpaceReclaimed: 16_435,
}
const volumesGone = { VolumesDeleted: ['data', 'a'.repeat(64)], SpaceReclaimed: 1_048_576 }
const networksGone = { NetworksDeleted: ['back', 'front'] }
const cacheGone = { CachesDeleted: ['x1', 'y2'], SpaceReclaimed: 999_950 }

const full: Replies = {
  'POST /containers/prune': json(containersGone),
  'POST /images/prune': json(imagesGone),
  'POST /volumes/prune': json(volumesGone),
  'POST /networks/prune': json(networksGone),
  'POST /build/prune': json(cacheGone),
}

const empty: Replies = {
  'POST /containers/prune': json({ ContainersDeleted: null, SpaceReclaimed: 0 }),
  'POST /images/prune': json({ ImagesDeleted: null, SpaceReclaimed: 0 }),
  'POST /volumes/prune': json({ VolumesDeleted: [], SpaceReclaimed: 0 }),
  'POST /networks/prune': json({}),
  'POST /build/prune': json({ CachesDeleted: null, SpaceReclaimed: 0 }),
}

/** Nothing was deleted, but space was reclaimed. Not every prune prints it then. */
const spaceOnly: Replies = {
  'POST /containers/prune': json({ ContainersDeleted: [], SpaceReclaimed: 1000 }),
  'POST /images/prune': json({ ImagesDeleted: [], SpaceReclaimed: 2000 }),
  'POST /volumes/prune': json({ VolumesDeleted: null, SpaceReclaimed: 4000 }),
  'POST /networks/prune': json({ NetworksDeleted: [] }),
  'POST /build/prune': json({ CachesDeleted: [], SpaceReclaimed: 8000 }),
}

const OBJECTS = ['container', 'image', 'volume', 'network', 'builder', 'system'] as const
const HAS_ALL = new Set(['image', 'volume', 'builder', 'system'])

/** Input at the confirmation prompt, including words that only resemble a yes. */
const RESPONSES = ['y\n', 'Y\n', '  y  \n', 'y', 'yes\n', 'n\n', 'N\n', '\n', '', 'no\ny\n', 'y\nn\n', 'ý\n']

const FILTERS: readonly (readonly string[])[] = [
  ['--filter', 'until=24h'],
  ['--filter=until=2020-01-01'],
  ['--filter', 'label=a=b', '--filter', 'label!=c'],
  ['--filter', 'label=a', '--filter', 'label=b'],
  ['--filter', 'label10=x', '--filter', 'label=2', '--filter', 'label=10'],
  ['--filter', 'bogus=1'],
  ['--filter', 'dangling=false'],
  ['--filter', 'all=1'],
  ['--filter', 'all=true'],
  ['--filter', ' Label = x '],
  ['--filter', 'no-equals'],
  ['--filter', ''],
  ['--filter', '=x'],
  ['--filter'],
]

const CONFIGURED: readonly (readonly string[])[] = [
  ['label=keep'],
  ['label!=keep', 'label=other', 'until=1h'],
  ['no-equals', 'label', '=x', 'Label=x', 'label= y '],
  ['label!=a=b', 'label=c'],
  ['dangling=true', 'all=1'],
]

function casesOf(object: (typeof OBJECTS)[number]): ParityCase[] {
  const command = [object, 'prune']
  const path = object === 'builder' ? 'build' : `${object}s`
  const key = object === 'system' ? 'POST /containers/prune' : `POST /${path}/prune`
  const usages = [
    ['x'],
    ['x', '-f'],
    ['--bogus'],
    ['-x'],
    ['-fx'],
    ['--force=maybe'],
    ['-f', '--'],
    ['--all=maybe'],
    ['-q'],
  ]
  const all = HAS_ALL.has(object)
    ? [['-a'], ['-af'], ['--all', '--force'], ['--all=false', '-f'], ['-f', '-a=0'], ['-fa', '--filter', 'label=x']]
    : [['-a', '-f']]
  return [
    ...each(command, [['-f'], ['--force'], ['-f=1'], ['--force=false'], [], ...all], { replies: full }),
    ...each(command, [['-f'], ...(HAS_ALL.has(object) ? [['-af']] : [])], { replies: empty, note: 'nothing to do' }),
    { argv: [...command, '-f'], replies: spaceOnly, note: 'space, but nothing deleted' },
    ...RESPONSES.map(
      (stdin): ParityCase => ({ argv: command, stdin, replies: full, note: `typed ${JSON.stringify(stdin)}` }),
    ),
    ...FILTERS.map((typed): ParityCase => ({ argv: [...command, '-f', ...typed], replies: full })),
    ...FILTERS.slice(0, 6).map(
      (typed): ParityCase => ({ argv: [...command, ...typed], stdin: 'y\n', replies: full, note: 'with a prompt' }),
    ),
    ...CONFIGURED.flatMap((pruneFilters): ParityCase[] => [
      { argv: [...command, '-f'], config: { pruneFilters }, replies: full, note: pruneFilters.join() },
      {
        argv: [...command, '--filter', 'label=keep', '--filter', 'label=a=b'],
        stdin: 'y\n',
        config: { pruneFilters },
        replies: full,
        note: `with a prompt and ${pruneFilters.join()}`,
      },
    ]),
    {
      argv: [...command, '-f'],
      config: { pruneFilters: 'label=x' },
      replies: full,
      note: 'filters that are not a list',
    },
    ...each(command, usages, { replies: full }),
    { argv: [...command, '-f'], replies: { [key]: failure(409, 'a prune operation is already running') }, note: '409' },
    { argv: [...command, '-f'], replies: { [key]: failure(500, 'something broke') }, note: '500' },
    { argv: [...command, '-f'], replies: { [key]: json(null) }, note: 'null' },
    { argv: [...command, '-f'], replies: { [key]: json([]) }, note: 'a list' },
    { argv: [...command, '-f'], replies: { [key]: { status: 204 } }, note: 'no response' },
    { argv: [...command, '-f'], replies: { [key]: { fail: 'close-before-response' } }, note: 'daemon closes' },
    { argv: [...command, '-f'], note: 'page not found' },
    { argv: [...command, '-f'], daemon: 'none', note: 'no daemon' },
    { argv: command, daemon: 'none', stdin: 'n\n', note: 'no daemon, declined' },
    { argv: [...command, '-f'], replies: { [key]: { fail: 'hang', signal: 'SIGINT' } }, note: 'interrupted' },
    ...['1.41', '1.42'].map(
      (version): ParityCase => ({
        argv: [...command, '-f', '--filter', 'label=x'],
        env: { DOCKER_API_VERSION: version },
        replies: full,
        note: `DOCKER_API_VERSION=${version}`,
      }),
    ),
    { argv: [...command, '-f'], apiVersion: '1.41', replies: full, note: 'daemon 1.41' },
    ...each(command, [['--help'], ['-h']], { lenient: helpIsOurs }),
  ]
}

const volumeExtras = each(
  ['volume', 'prune'],
  [
    ['-a', '--filter', 'all=1'],
    ['-a', '-f', '--filter', 'all=true'],
    ['-a', '-f', '--filter', 'all=false'],
    ['-a', '-f', '--filter', 'label=x'],
  ],
  { replies: full, note: 'all twice' },
)

/** Old daemons also remove named volumes, and the warning says so. */
const volumesOfOldDaemons: ParityCase[] = [
  ...each(['volume', 'prune'], [[], ['--filter', 'all=1'], ['--filter', 'label=x'], ['-a']], {
    apiVersion: '1.41',
    stdin: 'y\n',
    replies: full,
    note: 'daemon 1.41, with a prompt',
  }),
  {
    argv: ['volume', 'prune'],
    env: { DOCKER_API_VERSION: '1.41' },
    stdin: 'n\n',
    note: 'DOCKER_API_VERSION, with a prompt',
  },
  { argv: ['volume', 'prune'], apiVersion: '1.42', stdin: 'n\n', note: 'daemon 1.42, with a prompt' },
  { argv: ['system', 'prune', '--volumes'], apiVersion: '1.41', stdin: 'n\n', note: 'daemon 1.41, with a prompt' },
]

const builderExtras: ParityCase[] = each(
  ['builder', 'prune', '-f'],
  [
    ['--keep-storage', '10g'],
    ['--keep-storage=512m', '-a'],
    ['--keep-storage', '0'],
    ['--keep-storage', '1.5GB'],
    ['--keep-storage', '-1'],
    ['--keep-storage', 'x'],
    ['--keep-storage', ''],
    ['--keep-storage'],
    ['--keep-storage', '1', '--keep-storage', '2'],
  ],
  { replies: full },
)

const systemExtras: ParityCase[] = [
  ...each(
    ['system', 'prune'],
    [
      ['--volumes', '-f'],
      ['-af', '--volumes'],
      ['--volumes=false', '-f'],
      ['--volumes', '-f', '--filter', 'until=24h'],
      ['--volumes', '--filter', 'until=24h'],
      ['--volumes', '-a', '-f', '--filter', 'label=x'],
      ['--volumes'],
      ['--volumes', '-a'],
      ['-a', '--volumes', '--filter', 'label=z', '--filter', 'label=b', '--filter', 'until=3h'],
    ],
    { replies: full },
  ),
  { argv: ['system', 'prune', '--volumes', '-f'], replies: empty, note: 'nothing to do' },
  { argv: ['system', 'prune', '--volumes', '-f'], replies: spaceOnly, note: 'space, but nothing deleted' },
  ...[
    'POST /containers/prune',
    'POST /volumes/prune',
    'POST /networks/prune',
    'POST /images/prune',
    'POST /build/prune',
  ].map(
    (key): ParityCase => ({
      argv: ['system', 'prune', '--volumes', '-f'],
      replies: { ...full, [key]: failure(500, 'something broke') },
      note: `${key} fails`,
    }),
  ),
  {
    argv: ['system', 'prune', '--volumes', '-f'],
    config: { pruneFilters: ['until=1h'] },
    replies: full,
    note: 'until in config.json',
  },
]

export const prune: ParityGroup = {
  name: 'prune',
  cases: [...OBJECTS.flatMap(casesOf), ...volumeExtras, ...volumesOfOldDaemons, ...builderExtras, ...systemExtras],
}
