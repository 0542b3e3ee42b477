import { createHash } from 'node:crypto'
import { failure, json, type Replies } from '../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../case.ts'
import { container } from './containers.ts'

const one: Replies = { 'GET /containers/json': json([container()]), 'GET /images/json': json([]) }
const versionIsOurs = { stdout: { compare: 'presence', because: 'the version is our own' } } as const
const noHost = { DOCKER_HOST: null }
const socket = 'unix://<dir>/docker.sock'

const help: ParityCase[] = [
  ...each(
    [],
    [
      [],
      ['help'],
      ['--help'],
      ['-h'],
      ['help', 'ps'],
      ['help', 'container', 'ls'],
      ['help', 'container'],
      ['ps', '--help'],
      ['container'],
      ['image'],
      ['container', '--help'],
      ['container', 'help'],
      ['container', 'ls', '--help'],
      ['--help', 'ps'],
      ['-D', '--help'],
      ['--context', 'default', 'ps', '--help'],
      ['ps', '-q', '--help', '--bogus'],
    ],
    { lenient: helpIsOurs },
  ),
  ...each([], [['-v'], ['--version'], ['-D', '-v'], ['--version', 'ps'], ['-v', 'bogus']], { lenient: versionIsOurs }),
  { argv: ['ps', '-v'] },
  { argv: ['ps', '--version'] },
]

const unknown: ParityCase[] = each(
  [],
  [
    ['bogus'],
    ['pss'],
    ['PS'],
    ['bogus', '--help'],
    ['bogus', 'ps'],
    ['--bogus'],
    ['-x'],
    ['--bogus', 'ps'],
    ['-x', 'ps'],
    ['-Dx', 'ps'],
    ['', 'ps'],
    ['help', 'bogus'],
    ['container', 'bogus'],
    ['container', 'bogus', '--help'],
    ['container', '--bogus'],
    ['container', '--bogus', 'ls'],
    ['container', 'ls', 'x', 'y'],
    ['container', ''],
    ['image', 'bogus', 'x'],
    ['image', 'ps'],
    ['container', 'images'],
    ['container', 'ls', 'ls'],
    ['ps', 'ls'],
  ],
)

const placement: ParityCase[] = each(
  [],
  [
    ['-D', 'ps'],
    ['--debug', 'ps', '-q'],
    ['--debug=false', 'ps'],
    ['--debug=bad', 'ps'],
    ['ps', '-D'],
    ['ps', '--debug'],
    ['ps', '-H', 'x'],
    ['ps', '--host', 'x'],
    ['ps', '--context', 'default'],
    ['ps', '-c', 'default'],
    ['ps', '--config', 'x'],
    ['ps', '--tls'],
    ['ps', '-l', 'debug'],
    ['container', '-D', 'ls'],
    ['-D', 'container', 'ls', '-q'],
    ['container', '--context', 'default', 'ls'],
    ['--', 'ps'],
    ['-l', 'debug', 'ps', '-q'],
    ['-l=warn', 'ps', '-q'],
    ['--log-level', 'fatal', 'ps', '-q'],
    ['-lerror', 'ps', '-q'],
    ['-l', 'bad', 'ps', '-q'],
    ['--log-level=', 'ps', '-q'],
    ['-l'],
    ['--log-level'],
    ['-H'],
    ['--host'],
    ['--config'],
    ['-c'],
    ['--context'],
    ['--tlscacert'],
    ['--tls=maybe', 'ps'],
    ['--tls=false', 'ps', '-q'],
    ['-D', '-D', 'ps', '-q'],
    ['-Dl', 'info', 'ps', '-q'],
    ['-Dc', 'default', 'ps', '-q'],
  ],
  { replies: one },
)

/** None of them may reach the machine's own daemon or ask its name server. */
const hosts: ParityCase[] = [
  ...each(
    [],
    [
      ['-H', socket, 'ps', '-q'],
      [`-H${socket}`, 'ps', '-q'],
      [`-H=${socket}`, 'ps', '-q'],
      ['--host', socket, 'ps', '-q'],
      [`--host=${socket}`, 'container', 'ls', '-q'],
      ['-H', socket, '-H', socket, 'ps', '-q'],
      ['-H', 'unix://<dir>/other.sock', 'ps'],
      ['-H', 'bogus://x', 'ps'],
      ['-H', 'tcp://127.0.0.1:1', 'ps'],
      ['-H', '127.0.0.1:1', 'ps'],
      ['-H', ':1', 'ps'],
      ['-H', 'tcp://127.0.0.1:badport', 'ps'],
      ['-H', 'tcp://127.0.0.1:99999', 'ps'],
      ['-H', 'tcp://[::1]:1', 'ps'],
      ['-H', 'http://127.0.0.1:1', 'ps'],
      ['-H', 'https://127.0.0.1:1', 'ps'],
      ['-H', 'npipe:////./pipe/docker_engine', 'ps'],
      ['-H', 'fd://', 'ps'],
      ['-H', 'unix://x y', 'ps'],
      ['-H', ' unix://<dir>/docker.sock ', 'ps', '-q'],
    ],
    { env: noHost, replies: one, note: 'no DOCKER_HOST' },
  ),
  ...[
    socket,
    'bogus://x',
    'tcp://127.0.0.1:1',
    'tcp://127.0.0.1:badport',
    '127.0.0.1:1',
    'http://127.0.0.1:1',
    'https://127.0.0.1:1',
    'npipe://x',
  ].map(
    (host): ParityCase => ({
      argv: ['ps', '-q'],
      env: { DOCKER_HOST: host },
      replies: one,
      note: `DOCKER_HOST=${host}`,
    }),
  ),
  { argv: ['-H', 'unix://<dir>/other.sock', 'ps', '-q'], replies: one, note: 'DOCKER_HOST is another' },
  { argv: ['ps', '-q'], daemon: 'tcp', replies: one, note: 'tcp' },
  { argv: ['stop', 'a'], daemon: 'tcp', replies: { 'POST /containers/a/stop': failure(409, 'no') }, note: 'tcp' },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: '<host>/base/path' },
    daemon: 'tcp',
    replies: one,
    note: 'tcp with a path',
  },
]

const metaFolder = (name: string) =>
  `.docker/contexts/meta/${createHash('sha256').update(name).digest('hex')}/meta.json`
const contextFile = (name: string, host: string, extra: object = {}) => ({
  [metaFolder(name)]: JSON.stringify({
    Name: name,
    Metadata: {},
    Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    ...extra,
  }),
})

const contexts: ParityCase[] = [
  ...each(
    [],
    [
      ['--context', 'default', 'ps', '-q'],
      ['-c', 'default', 'ps', '-q'],
      ['-cdefault', 'ps', '-q'],
      ['--context=bogus', 'ps', '-q'],
      ['--context', '', 'ps', '-q'],
      ['--context', 'bad name', 'ps', '-q'],
      ['--context', 'default', '-H', socket, 'ps', '-q'],
      ['--context', 'bogus', '--host', socket, 'ps', '-q'],
    ],
    { replies: one, note: 'context' },
  ),
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: contextFile('mine', socket),
    env: noHost,
    replies: one,
    note: 'a stored context',
  },
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: contextFile('mine', socket),
    env: { DOCKER_HOST: 'unix://<dir>/other.sock' },
    replies: one,
    note: 'a stored context over DOCKER_HOST',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', socket),
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'mine' },
    replies: one,
    note: 'DOCKER_CONTEXT',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', 'unix://<dir>/other.sock'),
    env: { DOCKER_CONTEXT: 'mine' },
    replies: one,
    note: 'DOCKER_CONTEXT and DOCKER_HOST',
  },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_HOST: null, DOCKER_CONTEXT: 'bogus' },
    replies: one,
    note: 'DOCKER_CONTEXT=bogus',
  },
  {
    argv: ['ps', '-q'],
    files: contextFile('mine', socket),
    config: { currentContext: 'mine' },
    env: noHost,
    replies: one,
    note: 'currentContext',
  },
  {
    argv: ['ps', '-q'],
    config: { currentContext: 'bogus' },
    env: noHost,
    replies: one,
    note: 'currentContext is bogus',
  },
  {
    argv: ['ps', '-q'],
    config: { currentContext: 'bogus' },
    replies: one,
    note: 'currentContext is bogus, DOCKER_HOST set',
  },
  {
    argv: ['--context', 'default', 'ps', '-q'],
    config: { currentContext: 'bogus' },
    replies: one,
    note: 'currentContext is bogus',
  },
  {
    argv: ['--context', 'mine', 'ps', '-q'],
    files: { [metaFolder('mine')]: '{bad' },
    env: noHost,
    replies: one,
    note: 'meta.json is not JSON',
  },
]

const tls: ParityCase[] = [
  ...each(
    [],
    [
      ['--tls', 'ps', '-q'],
      ['--tlsverify', 'ps', '-q'],
      ['--tlscacert', '<dir>/none.pem', '--tlsverify', 'ps', '-q'],
      ['--tlscert', '<dir>/none.pem', '--tls', 'ps', '-q'],
      ['--tlskey', '<dir>/none.pem', 'ps', '-q'],
    ],
    { replies: one, note: 'unix' },
  ),
  ...each(
    [],
    [
      ['--tls', 'ps', '-q'],
      ['--tlsverify', 'ps', '-q'],
      ['--tlscacert', '<dir>/none.pem', '--tlsverify', 'ps', '-q'],
    ],
    {
      env: { DOCKER_HOST: 'tcp://127.0.0.1:1' },
      replies: one,
      note: 'tcp',
    },
  ),
  {
    argv: ['ps', '-q'],
    env: { DOCKER_TLS_VERIFY: '1', DOCKER_HOST: 'tcp://127.0.0.1:1' },
    note: 'DOCKER_TLS_VERIFY=1',
  },
  {
    argv: ['ps', '-q'],
    env: { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '<dir>/certs', DOCKER_HOST: 'tcp://127.0.0.1:1' },
    note: 'DOCKER_CERT_PATH',
  },
  { argv: ['ps', '-q'], env: { DOCKER_TLS: '1', DOCKER_HOST: 'tcp://127.0.0.1:1' }, note: 'DOCKER_TLS=1' },
  { argv: ['ps', '-q'], env: { DOCKER_TLS_VERIFY: '' }, replies: one, note: 'DOCKER_TLS_VERIFY is empty' },
]

const format = { psFormat: '{{.Names}}!' }

const configFolders: ParityCase[] = [
  {
    argv: ['ps'],
    env: { DOCKER_CONFIG: '<dir>/cfg' },
    files: { 'cfg/config.json': JSON.stringify(format) },
    replies: one,
    note: 'DOCKER_CONFIG',
  },
  { argv: ['--config', '<dir>/cfg', 'ps'], files: { 'cfg/config.json': JSON.stringify(format) }, replies: one },
  {
    argv: ['--config=<dir>/cfg', 'ps'],
    env: { DOCKER_CONFIG: '<dir>/other' },
    files: { 'cfg/config.json': JSON.stringify(format) },
    replies: one,
    note: 'over DOCKER_CONFIG',
  },
  {
    argv: ['--config', 'cfg', 'ps'],
    files: { 'cwd/cfg/config.json': JSON.stringify(format) },
    replies: one,
    note: 'relative',
  },
  { argv: ['--config', '<dir>/none', 'ps', '-q'], config: format, replies: one, note: 'no such folder' },
  { argv: ['--config', '', 'ps', '-q'], config: format, replies: one },
  {
    argv: ['ps'],
    env: { DOCKER_CONFIG: '<dir>/file' },
    files: { file: 'x' },
    replies: one,
    note: 'DOCKER_CONFIG is a file',
  },
  { argv: ['ps', '-q'], files: { '.docker/config.json': 'folder' }, replies: one, note: 'config.json is a folder' },
  { argv: ['ps', '-q'], env: { HOME: null }, replies: one, note: 'no HOME', config: format },
  { argv: ['ps', '-q'], config: '[]', replies: one, note: 'config.json is a list' },
  { argv: ['ps', '-q'], config: 'null', replies: one, note: 'config.json is null' },
  { argv: ['ps', '-q'], config: { auths: { x: { auth: '!!!' } } }, replies: one, note: 'a bad auth in config.json' },
  { argv: ['ps', '-q'], config: { aliases: { builder: 'buildx' } }, replies: one, note: 'aliases' },
  {
    argv: ['ps', '-q'],
    config: { HttpHeaders: { 'User-Agent': 'me', 'X-A': '1' } },
    replies: one,
    note: 'HttpHeaders with User-Agent',
  },
]

const everyCommand: readonly (readonly string[])[] = [
  ['ps'],
  ['images'],
  ['stop', 'a'],
  ['stop', 'a', 'b'],
  ['kill', 'a', 'b'],
  ['rm', 'a'],
  ['rmi', 'a', 'b'],
  ['tag', 'a', 'b'],
  ['run', 'a'],
  ['run', '-d', 'a'],
  ['create', 'a'],
  ['start', 'a', 'b'],
  ['logs', 'a'],
  ['exec', 'a', 'b'],
  ['inspect', 'a', 'b'],
  ['pull', 'a'],
  ['push', 'a'],
]

const unreachable: ParityCase[] = [
  ...each([], everyCommand, { daemon: 'none', note: 'no daemon' }),
  ...each([], [['ps'], ['stop', 'a', 'b']], {
    daemon: 'none',
    files: { 'docker.sock': 'plain file' },
    note: 'the socket is a file',
  }),
  ...each([], [['ps'], ['rmi', 'a']], {
    daemon: 'none',
    files: { 'docker.sock': 'folder' },
    note: 'the socket is a folder',
  }),
  ...each([], [['ps'], ['run', 'a']], { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' }, note: 'nothing listens' }),
  ...each(
    [],
    [
      ['ps', '-q'],
      ['stop', 'a'],
    ],
    {
      replies: { ...one, 'HEAD /_ping': { status: 500 }, 'GET /_ping': failure(500, 'ping is broken') },
      note: 'ping fails',
    },
  ),
  { argv: ['ps', '-q'], replies: { ...one, 'HEAD /_ping': { status: 405 } }, note: 'no HEAD' },
  {
    argv: ['ps', '-q'],
    replies: { ...one, 'HEAD /_ping': { status: 404 }, 'GET /_ping': { status: 404 } },
    note: 'no ping',
  },
  {
    argv: ['ps', '-q'],
    replies: { ...one, '* /_ping': { fail: 'close-before-answer' } },
    note: 'closes at ping',
    lenient: { wire: { compare: 'ignored', because: 'Go asks again on a connection it had kept' } },
  },
]

export const global: ParityGroup = {
  name: 'global',
  cases: [...help, ...unknown, ...placement, ...hosts, ...contexts, ...tls, ...configFolders, ...unreachable],
}
