import { type Frame, failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const inspected = (overrides: object = {}) =>
  json({
    Id: 'abc',
    Name: '/a',
    State: { Running: true, Status: 'running' },
    Config: { Tty: false },
    HostConfig: {},
    ...overrides,
  })
const output: readonly Frame[] = [{ stdout: 'out 1\n' }, { stderr: 'err 1\n' }, { stdout: 'out 2' }]
const missing = (name: string) => failure(404, `No such container: ${name}`)

// start

const starting: Replies = {
  'POST /containers/gone/start': missing('gone'),
  'POST /containers/lost/start': missing('lost'),
  'POST /containers/bad/start': failure(500, 'driver failed programming external connectivity'),
  'POST /containers/on/start': { status: 304 },
  'POST /containers/*/start': noContent,
}

const attaching = (exit: number, readsStdin = false): Replies => ({
  'GET /containers/gone/json': missing('gone'),
  'GET /containers/on/json': inspected(),
  'GET /containers/a/json': inspected({
    State: { Running: false, Status: 'exited', ExitCode: exit },
    Config: { Tty: false, OpenStdin: readsStdin, StdinOnce: readsStdin },
  }),
  'POST /containers/abc/attach': {
    hijack: true,
    frames: output,
    after: 'POST /containers/abc/start',
    ...(readsStdin ? { readsStdin } : {}),
  },
  'POST /containers/abc/wait': { json: { StatusCode: exit }, after: 'POST /containers/abc/start' },
  'POST /containers/abc/start': noContent,
})

const startCases: ParityCase[] = [
  ...each(
    ['start'],
    [
      ['a'],
      ['a', 'b', 'c'],
      ['--', 'a'],
      ['on'],
      ['gone'],
      ['a', 'gone', 'b', 'bad'],
      ['gone', 'lost'],
      ['a', 'a'],
      ['a b'],
      ['a?b', 'é'],
      [''],
      ['--checkpoint', 'c1', 'a'],
      ['--checkpoint=c1', '--checkpoint-dir', '/x', 'a'],
      ['--checkpoint', 'c1', 'a', 'b'],
      ['--detach-keys', 'ctrl-a', 'a'],
      [],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['-a', 'a', 'b'],
      ['-i', 'a', 'b'],
      ['-ai', 'a', 'b'],
      ['-a=maybe', 'a'],
    ],
    { replies: starting },
  ),
  ...each(
    ['start'],
    [
      ['-a', 'a'],
      ['--attach', 'a'],
      ['a', '-a'],
      ['-a', 'gone'],
      ['-a', 'on'],
    ],
    { replies: attaching(0) },
  ),
  { argv: ['start', '-a', 'a'], replies: attaching(7), note: 'exit 7' },
  { argv: ['start', '-ai', 'a'], stdin: 'typed\n', replies: attaching(0, true) },
  { argv: ['start', '-i', 'a'], stdin: '', replies: attaching(3, true) },
  { argv: ['start', '-ai', 'a'], stdin: 'typed', replies: attaching(0), note: 'created without -i' },
  { argv: ['start', '-a', '--detach-keys', 'ctrl-x', 'a'], replies: attaching(0) },
  {
    argv: ['start', '-a', 'a'],
    replies: {
      ...attaching(0),
      'POST /containers/abc/start': failure(400, 'exec: "x": executable file not found in $PATH'),
      'POST /containers/abc/attach': { hijack: true, frames: [] },
      'POST /containers/abc/wait': { json: { StatusCode: 127 } },
    },
    note: 'start fails',
  },
  ...each(['container', 'start'], [['a', 'gone'], []], { replies: starting }),
  ...each(['start'], [['--help'], ['a', '--help']], { lenient: helpIsOurs }),
]

// logs

const logged: Replies = {
  'GET /containers/a/json': inspected(),
  'GET /containers/tty/json': inspected({ Config: { Tty: true } }),
  'GET /containers/gone/json': missing('gone'),
  'GET /containers/abc/logs': { frames: output },
  'GET /containers/a/logs': { frames: output },
  'GET /containers/tty/logs': { chunks: ['raw 1\r\n', 'raw 2\r\n'] },
}

const logsCases: ParityCase[] = [
  ...each(
    ['logs'],
    [
      ['a'],
      ['gone'],
      ['-f', 'a'],
      ['--follow', 'a'],
      ['a', '-f'],
      ['-n', '10', 'a'],
      ['-n10', 'a'],
      ['--tail=5', 'a'],
      ['--tail', 'all', 'a'],
      ['--tail', 'x', 'a'],
      ['--tail', '-1', 'a'],
      ['--tail', '', 'a'],
      ['-t', 'a'],
      ['--timestamps', '--details', 'a'],
      ['-ft', '-n', '1', 'a'],
      ['-tfn1', 'a'],
      ['--since', '2024-01-02T03:04:05Z', 'a'],
      ['--since=2024-01-02T03:04:05.123456789+02:00', 'a'],
      ['--since', '2024-01-02T03:04:05', 'a'],
      ['--since', '2024-01-02', 'a'],
      ['--since', '2024-01-02T03:04', 'a'],
      ['--since', '1700000000', 'a'],
      ['--since', '1700000000.5', 'a'],
      ['--until', '2024-01-02T03:04:05Z', 'a'],
      ['--since', '2024-01-01T00:00:00Z', '--until', '1700000000', 'a'],
      ['--since', 'x', 'a'],
      ['--since', '', 'a'],
      ['--until', 'yesterday', 'a'],
      ['--since', '2024-13-01', 'a'],
      ['a b'],
      [''],
      [],
      ['a', 'b'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['--tail'],
      ['-n'],
      ['-f=maybe', 'a'],
      ['--', 'a'],
    ],
    { replies: logged },
  ),
  ...each(
    ['logs'],
    [
      ['--since', '42m', 'a'],
      ['--until', '1h30m', 'a'],
      ['--since', '-5s', 'a'],
    ],
    { replies: logged, lenient: { wire: { compare: 'ignored', because: 'the time is relative to now' } } },
  ),
  { argv: ['logs', 'tty'], replies: { ...logged, 'GET /containers/abc/logs': { chunks: ['raw 1\r\n', 'raw 2\r\n'] } } },
  {
    argv: ['logs', 'a'],
    replies: {
      ...logged,
      '* /containers/*/logs': failure(501, 'configured logging driver does not support reading'),
      'GET /containers/a/logs': failure(501, 'configured logging driver does not support reading'),
      'GET /containers/abc/logs': failure(501, 'configured logging driver does not support reading'),
    },
    note: '501',
  },
  {
    argv: ['logs', 'a'],
    replies: {
      'GET /containers/a/json': inspected(),
      'GET /containers/abc/logs': { frames: [{ stdout: 'x\n' }, { error: 'log trouble' }] },
      'GET /containers/a/logs': { frames: [{ stdout: 'x\n' }, { error: 'log trouble' }] },
    },
    note: 'an error frame',
  },
  {
    argv: ['logs', 'a'],
    replies: {
      'GET /containers/a/json': inspected(),
      'GET /containers/*/logs': { frames: [{ stdout: 'x\n' }], fail: 'close-mid-response' },
    },
    note: 'closes mid-response',
  },
  {
    argv: ['logs', 'a'],
    replies: { 'GET /containers/a/json': inspected(), 'GET /containers/*/logs': { frames: [] } },
    note: 'no logs',
  },
  {
    argv: ['logs', 'a'],
    replies: {
      'GET /containers/a/json': inspected(),
      'GET /containers/*/logs': { frames: [{ stdout: 'z'.repeat(100_000) }] },
    },
    note: 'a long line',
  },
  {
    argv: ['logs', 'a'],
    replies: { 'GET /containers/a/json': inspected(), 'GET /containers/*/logs': { frames: [{ stdout: '42' }] } },
    note: 'a number',
  },
  { argv: ['container', 'logs', '-n', '1', 'a'], replies: logged },
  { argv: ['container', 'logs'] },
]

// exec

const executing = (options: { exit?: number; raw?: string; readsStdin?: boolean } = {}): Replies => ({
  'GET /containers/a/json': inspected(),
  'GET /containers/gone/json': missing('gone'),
  'GET /containers/off/json': inspected({ State: { Running: false } }),
  'POST /containers/off/exec': failure(409, 'container abc is not running'),
  'POST /containers/paused/exec': failure(409, 'Container abc is paused, unpause the container before exec'),
  'GET /containers/paused/json': inspected({ State: { Running: true, Paused: true } }),
  'POST /containers/*/exec': json({ Id: 'e1' }, 201),
  'POST /exec/e1/start': {
    hijack: true,
    ...(options.raw === undefined ? { frames: output } : { chunks: [options.raw] }),
    ...(options.readsStdin ? { readsStdin: true } : {}),
  },
  'GET /exec/e1/json': json({ ID: 'e1', Running: false, ExitCode: options.exit ?? 0 }),
})

const execCases: ParityCase[] = [
  ...each(
    ['exec'],
    [
      ['a', 'ls'],
      ['a', 'ls', '-l', '--color'],
      ['a', '--', 'ls'],
      ['--', 'a', 'ls'],
      ['a', 'sh', '-c', 'echo "x y"'],
      ['-e', 'A=b', 'a', 'env'],
      ['-e', 'A=b', '--env=C=d', '-e', 'FROM_ENV', '-e', 'NOT_SET', 'a', 'env'],
      ['-e', '', 'a', 'env'],
      ['-e', '=x', 'a', 'env'],
      ['--env-file', 'env', '-e', 'Z=1', 'a', 'env'],
      ['--env-file', 'none', 'a', 'env'],
      ['-u', '1000:1000', 'a', 'id'],
      ['-uroot', 'a', 'id'],
      ['--user=me', 'a', 'id'],
      ['-w', '/x', 'a', 'pwd'],
      ['--workdir=/y', 'a', 'pwd'],
      ['--privileged', 'a', 'x'],
      ['--detach-keys', 'ctrl-a', 'a', 'x'],
      ['--detach-keys', 'bogus', 'a', 'x'],
      ['gone', 'ls'],
      ['off', 'ls'],
      ['paused', 'ls'],
      ['a b', 'ls'],
      ['', 'ls'],
      [],
      ['a'],
      ['--bogus', 'a', 'x'],
      ['-x', 'a', 'x'],
      ['-it=maybe', 'a', 'x'],
      ['-e'],
      ['-it', 'a', 'sh'],
    ],
    { replies: executing(), env: { FROM_ENV: 'v' }, files: { 'cwd/env': 'F=1\n#c\nFROM_ENV\n' } },
  ),
  ...each(
    ['exec'],
    [
      ['-d', 'a', 'x'],
      ['--detach', 'a', 'x', '-y'],
      ['-dit', 'a', 'x'],
      ['-di', 'a', 'x'],
    ],
    { replies: { ...executing(), 'POST /exec/e1/start': { status: 200 } }, note: 'detached' },
  ),
  { argv: ['exec', '-t', 'a', 'x'], replies: executing({ raw: 'raw\r\n' }) },
  { argv: ['exec', '-i', 'a', 'cat'], stdin: 'in 1\nin 2\n', replies: executing({ readsStdin: true }) },
  { argv: ['exec', '-i', 'a', 'cat'], stdin: '', replies: executing({ readsStdin: true }), note: 'empty stdin' },
  { argv: ['exec', 'a', 'cat'], stdin: 'unread', replies: executing(), note: 'stdin without -i' },
  { argv: ['exec', '-it', 'a', 'cat'], stdin: 'x', replies: executing({ raw: 'raw' }), note: 'piped stdin' },
  ...[1, 2, 126, 127, 137, 255].map(
    (exit): ParityCase => ({ argv: ['exec', 'a', 'x'], replies: executing({ exit }), note: `exit ${exit}` }),
  ),
  {
    argv: ['exec', 'a', 'x'],
    replies: { ...executing(), 'POST /exec/e1/start': failure(409, 'container stopped') },
    note: 'start fails',
  },
  {
    argv: ['exec', '-d', 'a', 'x'],
    replies: {
      ...executing(),
      'POST /exec/e1/start': failure(400, 'OCI runtime exec failed: exec: "x": executable file not found in $PATH'),
    },
    note: 'start fails',
  },
  {
    argv: ['exec', 'a', 'x'],
    replies: { ...executing(), 'GET /exec/e1/json': failure(404, 'No such exec instance') },
    note: 'inspect fails',
  },
  { argv: ['exec', '-w', '/x', 'a', 'x'], apiVersion: '1.34', replies: executing(), note: 'daemon 1.34' },
  { argv: ['exec', '-e', 'A=b', 'a', 'x'], apiVersion: '1.24', replies: executing(), note: 'daemon 1.24' },
  { argv: ['exec', 'a', 'x'], config: { detachKeys: 'ctrl-x' }, replies: executing(), note: 'detachKeys' },
  { argv: ['container', 'exec', 'a', 'ls'], replies: executing() },
  { argv: ['container', 'exec', 'a'] },
  ...each(['exec'], [['--help'], ['-i', '--help']], { lenient: helpIsOurs }),
  { argv: ['exec', 'a', 'ls', '--help'], replies: executing() },
]

export const start: ParityGroup = { name: 'start', cases: startCases }
export const logs: ParityGroup = { name: 'logs', cases: logsCases }
export const exec: ParityGroup = { name: 'exec', cases: execCases }
