import { type Frame, failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { missing, oddNames } from './stop-kill-rm.ts'

const output: readonly Frame[] = [{ stdout: 'out 1\n' }, { stderr: 'err 1\n' }, { stdout: 'out 2' }]

interface Attached {
  readonly exit?: number
  readonly readsStdin?: boolean
  readonly config?: object
  readonly state?: object
  readonly raw?: string
}

const attached = ({ exit = 0, readsStdin = false, config = {}, state = {}, raw }: Attached = {}): Replies => ({
  'GET /containers/gone/json': missing('gone'),
  'POST /containers/gone/wait': missing('gone'),
  'GET /containers/*/json': json({
    Id: 'abc',
    Name: '/a',
    State: { Running: true, Status: 'running', ...state },
    Config: { Tty: false, OpenStdin: readsStdin, StdinOnce: readsStdin, ...config },
    HostConfig: {},
  }),
  'POST /containers/*/attach': {
    hijack: true,
    ...(raw === undefined ? { frames: output } : { chunks: [raw] }),
    ...(readsStdin ? { readsStdin } : {}),
  },
  // Like a real daemon, it responds with the exit code only after the client is connected.
  'POST /containers/*/wait': { json: { StatusCode: exit }, after: 'POST /containers/*/attach' },
  'POST /containers/*/resize': { status: 200 },
})

/** docker sends inspect and wait in parallel. */
const parallel = true

const attachCases: ParityCase[] = [
  ...each(
    ['attach'],
    [
      ['a'],
      ['gone'],
      ['--no-stdin', 'a'],
      ['--no-stdin=false', 'a'],
      ['--sig-proxy', 'a'],
      ['--sig-proxy=false', 'a'],
      ['--sig-proxy=0', '--no-stdin', 'a'],
      ['--sig-proxy=maybe', 'a'],
      ['--sig-proxy', 'false', 'a'],
      ['--no-stdin=x', 'a'],
      ['--detach-keys', 'ctrl-a', 'a'],
      ['--detach-keys=ctrl-x,y', 'a'],
      ['--detach-keys', 'bogus', 'a'],
      ['--detach-keys', '', 'a'],
      ['--detach-keys', 'a,b,c', '--no-stdin', 'a'],
      ['--detach-keys', 'ctrl-a', '--detach-keys', 'ctrl-b', 'a'],
      ['--detach-keys'],
      ['a', '--no-stdin'],
      ['--', 'a'],
      [],
      ['a', 'b'],
      ['--bogus', 'a'],
      ['-x', 'a'],
      ['-i', 'a'],
    ],
    { replies: attached(), parallel },
  ),
  ...each(
    ['attach'],
    oddNames.filter((names) => names.length === 1),
    { replies: attached(), parallel, note: 'odd' },
  ),
  ...[1, 7, 126, 137, 255].map(
    (exit): ParityCase => ({ argv: ['attach', 'a'], replies: attached({ exit }), parallel, note: `exit ${exit}` }),
  ),
  { argv: ['attach', 'a'], stdin: 'typed\n', replies: attached({ readsStdin: true }), parallel, note: 'stdin' },
  { argv: ['attach', 'a'], stdin: '', replies: attached({ readsStdin: true }), parallel, note: 'empty stdin' },
  {
    argv: ['attach', '--no-stdin', 'a'],
    stdin: 'typed\n',
    replies: attached({ config: { OpenStdin: true } }),
    parallel,
    note: 'stdin',
  },
  { argv: ['attach', 'a'], stdin: 'typed\n', replies: attached(), parallel, note: 'created without -i' },
  { argv: ['attach', 'a'], stdin: 'x', replies: attached({ config: { Tty: true } }), parallel, note: 'piped to a TTY' },
  { argv: ['attach', 'a'], replies: attached({ config: { Tty: true } }), parallel, note: 'a TTY' },
  {
    argv: ['attach', '--no-stdin', 'a'],
    replies: attached({ config: { Tty: true }, raw: 'raw\r\n' }),
    parallel,
    note: 'a TTY',
  },
  ...[
    { Running: false, Status: 'exited' },
    { Running: false, Status: 'created' },
    { Running: true, Paused: true, Status: 'paused' },
    { Running: true, Restarting: true, Status: 'restarting' },
  ].map((state): ParityCase => ({ argv: ['attach', 'a'], replies: attached({ state }), parallel, note: state.Status })),
  { argv: ['attach', 'a'], config: { detachKeys: 'ctrl-x' }, replies: attached(), parallel, note: 'detachKeys' },
  {
    argv: ['attach', '--detach-keys', 'ctrl-y', 'a'],
    config: { detachKeys: 'ctrl-x' },
    replies: attached(),
    parallel,
    note: 'detachKeys',
  },
  { argv: ['attach', 'a'], config: { detachKeys: 'bogus' }, replies: attached(), parallel, note: 'bad detachKeys' },
  {
    argv: ['attach', 'a'],
    replies: { ...attached(), 'POST /containers/*/attach': failure(409, 'container abc is paused') },
    parallel,
    note: 'attach fails',
  },
  {
    argv: ['attach', 'a'],
    replies: {
      ...attached(),
      'POST /containers/*/attach': { hijack: true, frames: [{ stdout: 'x\n' }, { error: 'oh' }] },
    },
    parallel,
    note: 'an error frame',
  },
  { argv: ['attach', 'a'], daemon: 'none', note: 'no daemon' },
  ...each(['container', 'attach'], [['a'], ['--no-stdin', 'a'], ['gone'], [], ['a', 'b'], ['--bogus']], {
    replies: attached(),
    parallel,
  }),
  ...each(['attach'], [['--help'], ['a', '--help'], ['-h']], { lenient: helpIsOurs }),
]

export const attach: ParityGroup = { name: 'attach', cases: attachCases }
