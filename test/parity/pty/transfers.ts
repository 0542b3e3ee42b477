import type { Step, TerminalCase } from './case.ts'

const DIGEST = 'sha256:9bea9f2796e236cb18c2b3ad561ff29f655d1001f9ec7247a0bc5e08d25652a1'
const [ONE, TWO, THREE] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc']

const layer = (id: string | undefined, status: string, current?: number, total?: number) => ({
  status,
  id,
  progressDetail: current === undefined ? {} : { current, total },
  ...(current === undefined ? {} : { progress: `[${current}]` }),
})

const pullSteps: readonly Step[] = [
  {
    send: [
      { status: 'Pulling from library/a', id: 'latest' },
      layer(ONE, 'Pulling fs layer'),
      layer(TWO, 'Pulling fs layer'),
      layer(THREE, 'Waiting'),
    ],
    until: 'cccccccccccc: Waiting',
  },
  {
    send: [layer(ONE, 'Downloading', 123_456, 2_000_000), layer(TWO, 'Downloading', 1_999_999, 98_765_432)],
    until: '98.77',
  },
  {
    send: [
      layer(ONE, 'Download complete'),
      layer(ONE, 'Extracting', 32_768, 2_000_000),
      layer(THREE, 'Downloading', 512, 512),
      layer(THREE, 'Verifying Checksum'),
    ],
    until: 'cccccccccccc: Verifying Checksum',
  },
  { send: [layer(ONE, 'Extracting', 7, 0), layer(TWO, 'Extracting', 3, 2)], until: 'bbbbbbbbbbbb: Extracting' },
  {
    send: [layer(ONE, 'Pull complete'), layer(TWO, 'Pull complete'), layer(THREE, 'Pull complete')],
    until: 'cccccccccccc: Pull complete',
  },
  {
    send: [{ status: `Digest: ${DIGEST}` }, { status: 'Status: Downloaded newer image for a:latest' }],
    until: 'Status: Downloaded',
  },
]

const resized: readonly Step[] = [
  ...pullSteps.slice(0, 2),
  { columns: 60 },
  ...pullSteps.slice(2, 3),
  { columns: 140 },
  ...pullSteps.slice(3),
]

const severalTags: readonly Step[] = [
  {
    send: [
      { status: 'Pulling from team/a', id: '1' },
      layer(ONE, 'Pulling fs layer'),
      layer(ONE, 'Downloading', 10, 20),
    ],
    until: '20B',
  },
  { send: [layer(ONE, 'Pull complete'), { status: `Digest: ${DIGEST}` }], until: 'Digest:' },
  {
    send: [{ status: 'Pulling from team/a', id: '2' }, layer(ONE, 'Already exists'), layer(TWO, 'Downloading', 1, 3)],
    until: '3B',
  },
  {
    send: [
      layer(TWO, 'Pull complete'),
      { status: `Digest: ${DIGEST}` },
      { status: 'Status: Downloaded newer image for example.com/team/a' },
    ],
    until: 'Status: Downloaded',
  },
]

const pushSteps: readonly Step[] = [
  {
    send: [
      { status: 'The push refers to repository [docker.io/library/a]' },
      layer(ONE, 'Preparing'),
      layer(TWO, 'Preparing'),
      layer(THREE, 'Waiting'),
    ],
    until: 'cccccccccccc: Waiting',
  },
  {
    send: [layer(ONE, 'Pushing', 66_560, 4_260_000), layer(TWO, 'Layer already exists')],
    until: 'Layer already exists',
  },
  { send: [layer(THREE, 'Mounted from library/b')], until: 'Mounted from library/b' },
  { send: [layer(ONE, 'Pushing', 4_300_000, 4_260_000)], until: '4.3MB' },
  { send: [layer(ONE, 'Pushed')], until: 'aaaaaaaaaaaa: Pushed' },
  {
    send: [
      { status: `latest: digest: ${DIGEST} size: 528` },
      { progressDetail: {}, aux: { Tag: 'latest', Digest: DIGEST, Size: 528 } },
    ],
    until: 'size: 528',
  },
]

const failing: readonly Step[] = [
  ...pullSteps.slice(0, 2),
  {
    send: [{ errorDetail: { message: 'toomanyrequests: slow down' }, error: 'toomanyrequests: slow down' }],
  },
]
/** On a terminal tug adds a hint to docker's text. */
const rewordings = [
  [
    'toomanyrequests: slow down',
    'toomanyrequests: slow down\n' +
      "hint: Docker Hub limits the number of requests: try again later, or log in with 'tug login'",
  ],
] as const

const pull = { argv: ['pull', 'a'], progressOf: 'POST /images/create' }
const push = { argv: ['push', 'a'], progressOf: 'POST /images/*/push' }

/** Pulls and pushes on terminals that are wide enough for progress bars and on narrower ones. */
export const transfers: readonly TerminalCase[] = [
  ...[40, 60, 80, 110, 111, 140].map((columns) => ({ name: `pull-${columns}`, ...pull, columns, steps: pullSteps })),
  ...[60, 80, 140].map((columns) => ({ name: `push-${columns}`, ...push, columns, steps: pushSteps })),
  { name: 'pull-resized', ...pull, columns: 140, steps: resized },
  {
    name: 'push-resized',
    ...push,
    columns: 60,
    steps: pushSteps.flatMap((step, at) => (at === 1 ? [{ columns: 140 }, step, { columns: 80 }] : [step])),
  },
  { name: 'pull-all-tags', ...pull, argv: ['pull', '-a', 'example.com/team/a'], columns: 140, steps: severalTags },
  { name: 'pull-fails', ...pull, columns: 100, steps: failing, rewordings },
  { name: 'push-fails', ...push, columns: 140, steps: [...pushSteps.slice(0, 2), ...failing.slice(-1)], rewordings },
]
