import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { missing, oddNames } from './stop-kill-rm.ts'

const badResponses = (command: readonly string[], path: string): ParityCase[] => [
  { argv: command, replies: { [`GET ${path}`]: failure(500, 'something broke') }, note: '500' },
  { argv: command, replies: { [`GET ${path}`]: failure(409, 'container a is not running') }, note: '409' },
  { argv: command, replies: { [`GET ${path}`]: failure(400, 'a\nb') }, note: 'two lines' },
  { argv: command, replies: { [`GET ${path}`]: { status: 500, chunks: ['{bad'] } }, note: 'bad JSON in an error' },
  { argv: command, replies: { [`GET ${path}`]: { status: 200 } }, note: 'an empty response' },
  { argv: command, replies: { [`GET ${path}`]: { fail: 'close-before-response' } }, note: 'daemon closes' },
  { argv: command, replies: { [`GET ${path}`]: { fail: 'hang', signal: 'SIGINT' } }, note: 'interrupted' },
  { argv: command, note: 'page not found' },
  { argv: command, daemon: 'none', note: 'no daemon' },
]

// port

const binding = (HostIp: string, HostPort: string) => ({ HostIp, HostPort })
const withPorts = (Ports: unknown) => json({ Id: 'abc', Name: '/a', NetworkSettings: { Ports } })

const published: Replies = {
  'GET /containers/a/json': withPorts({
    '80/tcp': [binding('0.0.0.0', '8080'), binding('::', '8080')],
    '443/tcp': [binding('127.0.0.1', '443')],
    '53/udp': [binding('0.0.0.0', '53'), binding('::', '53')],
    '9/tcp': [binding('', '32768')],
    '5000/sctp': [binding('fe80::1', '5000')],
    '8000/tcp': null,
    '8001/tcp': [],
    '10/tcp': [binding('10.0.0.10', '10'), binding('10.0.0.9', '10'), binding('10.0.0.9', '9')],
  }),
  'GET /containers/none/json': withPorts({}),
  'GET /containers/null/json': withPorts(null),
  'GET /containers/no-settings/json': json({ Id: 'abc', NetworkSettings: {} }),
  'GET /containers/closed/json': withPorts({ '80/tcp': null, '81/tcp': [] }),
  'GET /containers/odd/json': withPorts({
    '80/tcp': [binding('0.0.0.0', ''), binding('0.0.0.0', '080'), binding('0.0.0.0', '80')],
    '080/tcp': [binding('é', 'x')],
    '100/tcp': [binding('a', '2'), binding('a', '10'), binding('a', '1')],
  }),
  'GET /containers/twice/json': withPorts({ '80/tcp': [binding('::', '1'), binding('::', '1')] }),
  'GET /containers/many/json': withPorts(
    Object.fromEntries(
      Array.from({ length: 120 }, (_, number) => [
        `${(number * 7919) % 65_536}/${['tcp', 'udp', 'sctp'][number % 3]}`,
        [binding('0.0.0.0', String((number * 104_729) % 65_536)), binding('::', String((number * 31) % 65_536))],
      ]),
    ),
  ),
  'GET /containers/gone/json': missing('gone'),
}

const portCases: ParityCase[] = [
  ...each(
    ['port'],
    [
      ['a'],
      ['none'],
      ['null'],
      ['no-settings'],
      ['closed'],
      ['closed', '80'],
      ['odd'],
      ['odd', '80'],
      ['odd', '080'],
      ['twice'],
      ['twice', '80'],
      ['many'],
      ['gone'],
      ['gone', '80'],
      ['gone', 'x'],
      ['a', '80'],
      ['a', '80/tcp'],
      ['a', '80/udp'],
      ['a', '53'],
      ['a', '53/udp'],
      ['a', '53/UDP'],
      ['a', '443'],
      ['a', '9'],
      ['a', '10'],
      ['a', '5000/sctp'],
      ['a', '8000'],
      ['a', '8001/tcp'],
      ['a', '81'],
      ['a', '80/'],
      ['a', '80/tcp/x'],
      ['a', '/tcp'],
      ['a', '/'],
      ['a', ''],
      ['a', ' '],
      ['a', ' 80'],
      ['a', 'x'],
      ['a', 'http'],
      ['a', '80-81'],
      ['a', '0'],
      ['a', '080'],
      ['a', '65535'],
      ['a', '65536'],
      ['a', '99999999999999999999'],
      ['a', '--', '-1'],
      ['a', '+80'],
      ['a', '8_0'],
      ['a', '0x50'],
      ['a', 'é"x'],
      ['a', '80', 'x'],
      [],
      ['--', 'a', '80'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['a', '-1'],
    ],
    { replies: published },
  ),
  ...each(
    ['port'],
    oddNames.filter((names) => names.length === 1),
    { replies: published, note: 'odd' },
  ),
  ...each(['container', 'port'], [['a'], ['a', '80'], ['a', 'x'], ['gone'], [], ['--bogus']], { replies: published }),
  { argv: ['port', 'a'], replies: { 'GET /containers/a/json': { chunks: ['{"Id":'] } }, note: 'cut JSON' },
  { argv: ['port', 'a'], replies: { 'GET /containers/a/json': { chunks: ['oops'] } }, note: 'no JSON' },
  ...badResponses(['port', 'a'], '/containers/a/json'),
  ...each(['port'], [['--help'], ['a', '--help'], ['-h']], { lenient: helpIsOurs }),
]

// top

const titles = ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD']

const processes: Replies = {
  'GET /containers/a/top': json({
    Titles: titles,
    Processes: [
      ['root', '1234', '1200', '0', '10:00', '?', '00:00:00', 'nginx: master process nginx -g daemon off;'],
      ['systemd-network-and-more', '1235', '1234', '0', '10:00', '?', '00:00:00', 'nginx: worker process'],
    ],
  }),
  'GET /containers/one/top': json({ Titles: ['PID'], Processes: [['1'], ['22']] }),
  'GET /containers/idle/top': json({ Titles: titles, Processes: [] }),
  'GET /containers/null/top': json({ Titles: titles, Processes: null }),
  'GET /containers/empty/top': json({ Titles: null, Processes: null }),
  'GET /containers/bare/top': json({}),
  'GET /containers/uneven/top': json({
    Titles: ['A', 'B', 'C'],
    Processes: [['1'], ['1', '2', '3', '4'], [], ['', '', ''], ['twenty characters!!!', 'x', 'y'], null],
  }),
  'GET /containers/wide/top': json({
    Titles: ['名前', 'é', 'CMD'],
    Processes: [
      ['日本語日本語日本語日本', 'ü', 'a\tb\nc'],
      ['seventeen charact', 'eighteen character', '\u0001\u001b[31m'],
    ],
  }),
  'GET /containers/gone/top': missing('gone'),
  'GET /containers/off/top': failure(409, 'container abc is not running'),
}

const topCases: ParityCase[] = [
  ...each(
    ['top'],
    [
      ['a'],
      ['one'],
      ['idle'],
      ['null'],
      ['empty'],
      ['bare'],
      ['uneven'],
      ['wide'],
      ['gone'],
      ['off'],
      ['a', 'aux'],
      ['a', '-ef'],
      ['a', '-o', 'pid,cmd'],
      ['a', '-eo', 'pid,args', '--sort=-pid'],
      ['a', '--', '-x'],
      ['--', 'a', '-x'],
      ['a', ''],
      ['a', '', 'x'],
      ['a', 'a b', 'c&d=e+f', 'é'],
      ['a', '--help'],
      ['a', '-h'],
      [],
      ['--'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['-aux'],
    ],
    { replies: processes },
  ),
  ...each(
    ['top'],
    oddNames.filter((names) => names.length === 1),
    { replies: processes, note: 'odd' },
  ),
  ...each(['container', 'top'], [['a'], ['a', '-ef'], ['gone'], [], ['--bogus']], { replies: processes }),
  { argv: ['top', 'a'], replies: { 'GET /containers/a/top': { chunks: ['{"Titles":'] } }, note: 'cut JSON' },
  {
    argv: ['top', 'a'],
    env: { LANG: 'ja_JP.UTF-8' },
    replies: { 'GET /containers/a/top': json({ Titles: ['…', 'B'], Processes: [['±§', 'x']] }) },
    note: 'East Asian',
  },
  ...badResponses(['top', 'a'], '/containers/a/top'),
  ...each(['top'], [['--help'], ['-h']], { lenient: helpIsOurs }),
]

// diff

const changes: Replies = {
  'GET /containers/a/changes': json([
    { Kind: 0, Path: '/etc' },
    { Kind: 1, Path: '/etc/new file' },
    { Kind: 2, Path: '/gone' },
    { Kind: 0, Path: '/é/名前' },
    { Kind: 1, Path: '/a\tb\nc"<>&' },
  ]),
  'GET /containers/odd/changes': json([{ Kind: 3, Path: '/x' }, { Path: '/z' }, { Kind: 1 }, {}]),
  'GET /containers/none/changes': json([]),
  'GET /containers/null/changes': json(null),
  'GET /containers/object/changes': json({}),
  'GET /containers/gone/changes': missing('gone'),
}

const diffCases: ParityCase[] = [
  ...each(
    ['diff'],
    [
      ['a'],
      ['odd'],
      ['none'],
      ['null'],
      ['object'],
      ['gone'],
      ['--', 'a'],
      [],
      ['--'],
      ['a', 'b'],
      ['--format', '{{.Path}}', 'a'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['a', '-q'],
    ],
    { replies: changes },
  ),
  ...each(
    ['diff'],
    oddNames.filter((names) => names.length === 1),
    { replies: changes, note: 'odd' },
  ),
  ...each(['container', 'diff'], [['a'], ['gone'], [], ['a', 'b'], ['--bogus']], { replies: changes }),
  { argv: ['diff', 'a'], replies: { 'GET /containers/a/changes': { chunks: ['[{"Kind":'] } }, note: 'cut JSON' },
  ...badResponses(['diff', 'a'], '/containers/a/changes'),
  ...each(['diff'], [['--help'], ['a', '--help'], ['-h']], { lenient: helpIsOurs }),
]

export const port: ParityGroup = { name: 'port', cases: portCases }
export const top: ParityGroup = { name: 'top', cases: topCases }
export const diff: ParityGroup = { name: 'diff', cases: diffCases }
