import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import {
  badUsage,
  help,
  missing,
  oddNames,
  partial,
  partialFailures,
  responses,
  signals,
  sixty,
} from './stop-kill-rm.ts'

const unreachable: readonly (readonly string[])[] = [['a'], ['a', 'b']]

const restartReplies = partial('POST', '/restart')

const restartCases: ParityCase[] = [
  ...each(
    ['restart'],
    [
      ['a'],
      ['a', 'b', 'c'],
      sixty,
      ['--', 'a', '-t'],
      ['-t', '5', 'a'],
      ['-t5', 'a'],
      ['--timeout=5', 'a'],
      ['-t', '0', 'a'],
      ['-t', '-1', 'a'],
      ['-t', '0x1f', 'a'],
      ['-t', '1', '-t', '2', 'a'],
      ['a', '-t', '3', 'b'],
      ['--time', '5', 'a'],
      ['--time=0', 'a'],
      ['--time', '5', '--timeout', '6', 'a'],
      ['-t', '6', '--time', '5', 'a'],
      ['--time', '5'],
      ['-s', 'KILL', '-t', '1', 'a'],
      ['-t1', '-sKILL', 'a', 'b'],
    ],
    { replies: restartReplies, parallel: true },
  ),
  ...each(['restart'], signals, { replies: restartReplies, parallel: true }),
  ...each(['restart'], oddNames, { replies: restartReplies, parallel: true }),
  ...each(['restart'], partialFailures, { replies: restartReplies, parallel: true, note: 'failures' }),
  ...each(['restart'], [...badUsage, ['-t', 'x', 'a'], ['-t'], ['--time', 'x', 'a'], ['--timeout='], ['-t', '', 'a']]),
  ...each(
    ['container', 'restart'],
    [['a', 'b'], ['-t', '1', '-s', 'INT', 'a'], [], ['--bogus'], ['--time', '3', 'a']],
    {
      replies: restartReplies,
      parallel: true,
    },
  ),
  ...['1.24', '1.41', '1.42'].map(
    (version): ParityCase => ({
      argv: ['restart', '-s', 'INT', '-t', '2', 'a'],
      env: { DOCKER_API_VERSION: version },
      replies: restartReplies,
      note: `DOCKER_API_VERSION=${version}`,
    }),
  ),
  { argv: ['restart', '-s', 'INT', 'a'], apiVersion: '1.41', replies: restartReplies, note: 'daemon 1.41' },
  { argv: ['restart', '-s', 'INT', 'a'], apiVersion: '1.42', replies: restartReplies, note: 'daemon 1.42' },
  {
    argv: ['restart', 'a'],
    replies: { 'POST /containers/a/restart': { fail: 'close-before-response' } },
    note: 'daemon closes',
  },
  {
    argv: ['restart', 'a'],
    replies: { 'POST /containers/a/restart': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  ...each(['restart'], unreachable, { daemon: 'none', parallel: true, note: 'no daemon' }),
  ...responses(['restart'], 'POST', '/containers/a/restart'),
  ...help(['restart']),
]

/** Returns the cases of `pause` and `unpause`, which differ only in a word. */
function pausing(verb: string): ParityCase[] {
  const replies = partial('POST', `/${verb}`)
  return [
    ...each([verb], [['a'], ['a', 'b', 'c'], sixty, ['--', 'a'], ['--', 'a', '-x']], { replies, parallel: true }),
    ...each([verb], oddNames, { replies, parallel: true }),
    ...each([verb], partialFailures, { replies, parallel: true, note: 'failures' }),
    ...each([verb], [...badUsage, ['-t', '3', 'a'], ['--nosuch']]),
    ...each(['container', verb], [['a', 'b'], ['gone'], [], ['--bogus'], ['-x', 'a']], { replies, parallel: true }),
    {
      argv: [verb, 'a'],
      replies: { [`POST /containers/a/${verb}`]: failure(409, `Container abc is already ${verb}d`) },
      note: '409',
    },
    ...each([verb], unreachable, { daemon: 'none', parallel: true, note: 'no daemon' }),
    ...responses([verb], 'POST', `/containers/a/${verb}`),
    ...help([verb]),
  ]
}

const renameReplies = partial('POST', '/rename')

const renameCases: ParityCase[] = [
  ...each(
    ['rename'],
    [
      ['a', 'b'],
      ['/a', '/b'],
      ['a', 'a'],
      ['a', 'b c'],
      ['a', 'b/c'],
      ['a', 'b&c=d'],
      ['a', 'b+c%20'],
      ['a', 'é名前'],
      ['a', ''],
      ['', 'b'],
      ['', ''],
      [' ', 'b'],
      ['a', ' '],
      [' a ', ' b '],
      ['a b', 'c'],
      ['a/b', 'c'],
      ['a?b', 'c'],
      ['é', 'c'],
      ['..', 'c'],
      ['a', '..'],
      ['--', 'a', '-b'],
      ['a', '--', '-b'],
      ['gone', 'b'],
      ['busy', 'b'],
      ['bad', 'b'],
      [],
      ['a'],
      ['a', 'b', 'c'],
      ['--bogus', 'a', 'b'],
      ['-x', 'a', 'b'],
      ['a', 'b', '-f'],
    ],
    { replies: renameReplies },
  ),
  ...each(['container', 'rename'], [['a', 'b'], ['gone', 'b'], ['a'], ['--bogus']], { replies: renameReplies }),
  {
    argv: ['rename', 'a', 'b'],
    replies: {
      'POST /containers/a/rename': failure(
        409,
        'Error when allocating new name: Conflict. The container name "/b" is already in use by container "abc".',
      ),
    },
    note: 'conflict',
  },
  { argv: ['rename', 'a', 'b'], replies: { 'POST /containers/a/rename': { status: 304 } }, note: '304' },
  { argv: ['rename', 'a', 'b'], replies: { 'POST /containers/a/rename': json({}) }, note: '200' },
  { argv: ['rename', 'a', 'b'], replies: { 'POST /containers/a/rename': failure(400, 'a\nb') }, note: 'two lines' },
  { argv: ['rename', 'a', 'b'], daemon: 'none', note: 'no daemon' },
  ...each(['rename'], [['--help'], ['a', '--help'], ['-h']], {
    lenient: {
      stdout: { compare: 'presence', because: 'help texts are our own wording' },
      stderr: { compare: 'presence', because: 'help texts are our own wording' },
    },
  }),
]

const waiting: Replies = {
  'POST /containers/gone/wait': missing('gone'),
  'POST /containers/lost/wait': missing('lost'),
  'POST /containers/bad/wait': failure(500, 'something broke'),
  'POST /containers/seven/wait': json({ StatusCode: 7 }),
  'POST /containers/big/wait': json({ StatusCode: 4_294_967_295 }),
  'POST /containers/failed/wait': json({ StatusCode: 0, Error: { Message: 'the monitor lost it' } }),
  'POST /containers/both/wait': json({ StatusCode: 3, Error: { Message: 'lost' } }),
  'POST /containers/empty-error/wait': json({ StatusCode: 3, Error: { Message: '' } }),
  'POST /containers/null-error/wait': json({ StatusCode: 4, Error: null }),
  'POST /containers/nothing/wait': { status: 200 },
  'POST /containers/no-code/wait': json({}),
  'POST /containers/text/wait': { chunks: ['oops'] },
  'POST /containers/array/wait': json([1]),
  'POST /containers/chunked/wait': { chunks: ['{"Status', 'Code":5}'] },
  'POST /containers/cut/wait': { chunks: ['{"Status'], fail: 'close-mid-response' },
  'POST /containers/closed/wait': { fail: 'close-before-response' },
  'POST /containers/*/wait': json({ StatusCode: 0 }),
}

const waitCases: ParityCase[] = [
  ...each(
    ['wait'],
    [
      ['a'],
      ['a', 'b', 'c'],
      ['seven', 'a', 'seven'],
      ['big'],
      ['gone'],
      ['a', 'gone', 'seven'],
      ['gone', 'lost', 'bad'],
      ['gone', 'a', 'bad', 'seven'],
      ['failed'],
      ['both', 'a'],
      ['empty-error'],
      ['null-error'],
      ['nothing'],
      ['no-code'],
      ['text'],
      ['array'],
      ['chunked'],
      ['cut'],
      ['cut', 'a'],
      ['closed'],
      ['closed', 'a'],
      ['a', 'a'],
    ],
    { replies: waiting },
  ),
  ...each(['wait'], oddNames, { replies: waiting, note: 'odd' }),
  ...each(['wait'], [...badUsage, ['--condition', 'x', 'a']]),
  ...each(['container', 'wait'], [['a', 'seven'], ['gone'], [], ['--bogus']], { replies: waiting }),
  ...['1.29', '1.30'].map(
    (apiVersion): ParityCase => ({ argv: ['wait', 'a'], apiVersion, replies: waiting, note: `daemon ${apiVersion}` }),
  ),
  {
    argv: ['wait', 'a'],
    replies: { 'POST /containers/a/wait': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  { argv: ['wait', 'a', 'b'], daemon: 'none', note: 'no daemon' },
  ...help(['wait']),
]

export const restart: ParityGroup = { name: 'restart', cases: restartCases }
export const pause: ParityGroup = { name: 'pause', cases: pausing('pause') }
export const unpause: ParityGroup = { name: 'unpause', cases: pausing('unpause') }
export const rename: ParityGroup = { name: 'rename', cases: renameCases }
export const wait: ParityGroup = { name: 'wait', cases: waitCases }
