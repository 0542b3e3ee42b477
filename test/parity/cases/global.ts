import { failure, json, type Replies } from '../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../case.ts'
import { container } from './containers.ts'

const one: Replies = { 'GET /containers/json': json([container()]), 'GET /images/json': json([]) }
const versionIsOurs = { stdout: { compare: 'presence', because: 'the version is our own' } } as const

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
      ['bogus', '--help'],
      ['container', 'bogus', '--help'],
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
    ['bogus', 'ps'],
    ['--bogus'],
    ['-x'],
    ['--bogus', 'ps'],
    ['-x', 'ps'],
    ['-Dx', 'ps'],
    ['', 'ps'],
    ['help', 'bogus'],
    ['container', 'bogus'],
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
  cases: [...help, ...unknown, ...placement, ...configFolders, ...unreachable],
}
