import { json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { creating } from '../container/run-replies.ts'
import { swarmObjects } from '../service/service-create.ts'

/** `cwd/link` leads to `far/away`, beside which other files are than beside the link. */
const files = {
  'far/away/x': 'far, here',
  'far/x': 'far',
  'far/Dockerfile': 'FROM far\n',
  'far/e.env': 'FAR=1\n',
  'cwd/x': 'near',
  'cwd/Dockerfile': 'FROM near\n',
  'cwd/e.env': 'NEAR=1\n',
  'cwd/link': { link: '../far/away' },
} as const

const replies: Replies = {
  ...swarmObjects,
  ...creating,
  'POST /services/create': json({ ID: 'new1'.padEnd(25, '0') }),
  'POST /build': { lines: [{ stream: 'Successfully built 9bea9f2796e2\n' }] },
  'HEAD /containers/c/archive': { status: 404 },
  'PUT /containers/c/archive': noContent,
  'GET /images/get': { chunks: ['image'] },
}

const commands: readonly (readonly string[])[] = [
  ['create', '-v', '../x:/x', 'busybox'],
  ['create', '-v', './x:/x', 'busybox'],
  ['create', '-v', '.:/x', 'busybox'],
  ['create', '-v', '../../x:/x', 'busybox'],
  ['create', '--mount', 'type=bind,src=../x,dst=/x', 'busybox'],
  ['create', '--mount', 'type=bind,src=.,dst=/x', 'busybox'],
  ['create', '--env-file', '../e.env', 'busybox'],
  ['create', '--label-file', '../e.env', 'busybox'],
  ['create', '--cidfile', '../id', 'busybox'],
  ['service', 'create', '-d', '--no-resolve-image', '--mount', 'type=bind,src=../x,dst=/x', 'busybox'],
  ['build', '..'],
  ['build', '-f', '../Dockerfile', '..'],
  ['build', '-f', '../Dockerfile', '.'],
  ['build', '.'],
  ['cp', '../x', 'c:/x'],
  ['cp', 'x', 'c:/x'],
  ['cp', '../link/x', 'c:/x'],
  ['save', '-o', '../image.tar', 'a'],
  ['load', '-i', '../none.tar'],
]

/** Values of PWD in `cwd/link`. Only those that lead there count. */
const directories = [
  '<dir>/cwd/link',
  '<dir>/cwd/link/',
  '<dir>/cwd/./link',
  '<dir>/far/away',
  '<dir>/cwd',
  'link',
  '.',
  '',
  '<dir>/none',
]

const sizeVaries = {
  stdout: { compare: 'presence', because: "docker's own count of sent bytes differs from run to run" },
} as const

function inLink(argv: readonly string[], PWD: string | null): ParityCase {
  return {
    argv,
    cwd: 'cwd/link',
    env: { PWD, DOCKER_BUILDKIT: '0' },
    files,
    replies,
    note: `PWD=${PWD}`,
    outputs: ['cwd/id', 'far/id', 'cwd/image.tar', 'far/image.tar'],
    ...(argv[0] === 'build' ? { lenient: sizeVaries } : {}),
  }
}

/** Paths below the root, and paths with two slashes, which error messages keep. */
const atRoot = each(
  ['cp'],
  [
    ['/nofile', 'c:/x'],
    ['//nofile', 'c:/x'],
    ['/nofile/', 'c:/x'],
    ['/nofile/.', 'c:/x'],
    ['-L', '//nofile', 'c:/x'],
    ['<dir>//nofile', 'c:/x'],
    ['c:/x', '//none/y'],
  ],
  { replies },
)

/** Bodies that end too early, and the words that docker has for it. */
const cut = { chunks: ['{"Id":'] }
const cutList = { chunks: ['[{"Id":"a"}'] }
const cutBodies: ParityCase[] = [
  ...each(['ps'], [[], ['--format', 'json']], { replies: { 'GET /containers/json': cutList } }),
  { argv: ['images'], replies: { 'GET /images/json': cutList } },
  { argv: ['inspect', 'c'], replies: { 'GET /containers/c/json': cut } },
  { argv: ['info', '--format', '{{.ID}}'], replies: { 'GET /info': cut } },
  { argv: ['node', 'ls'], replies: { 'GET /nodes': json([{ ID: 'a' }]), 'GET /info': cut } },
  { argv: ['create', 'a'], replies: { 'POST /containers/create': cut } },
  { argv: ['wait', 'c'], replies: { 'POST /containers/c/wait': cut } },
  { argv: ['events'], replies: { 'GET /events': cut } },
  { argv: ['pull', 'a'], replies: { 'POST /images/create': cut } },
  { argv: ['top', 'c'], replies: { 'GET /containers/c/top': cut } },
  { argv: ['diff', 'c'], replies: { 'GET /containers/c/changes': cutList } },
  { argv: ['history', 'i'], replies: { 'GET /images/i/history': cutList } },
  { argv: ['rmi', 'i'], replies: { 'DELETE /images/i': cutList } },
].map((parityCase) => ({ ...parityCase, note: 'a body that is cut' }))

export const paths: ParityGroup = {
  name: 'paths',
  cases: [
    ...atRoot,
    ...cutBodies,
    ...commands.flatMap((argv) => ['<dir>/cwd/link', null].map((PWD) => inLink(argv, PWD))),
    ...directories.slice(1).map((PWD) => inLink(['create', '-v', '../x:/x', 'busybox'], PWD)),
    ...directories.slice(1).map((PWD) => inLink(['build', '..'], PWD)),
  ],
}
