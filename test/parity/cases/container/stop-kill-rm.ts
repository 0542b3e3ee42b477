import { failure, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

/** Ids and names that users and scripts pass, and unusual ones. */
export const oddNames: readonly (readonly string[])[] = [
  ['a b'],
  ['a?b'],
  ['a%20b'],
  ['a/b'],
  ['a#b'],
  ['a&b=c'],
  ['a+b'],
  ['名前'],
  ['é'],
  ['..'],
  ['a/../b'],
  ['/a'],
  ['//a/'],
  ['/'],
  [''],
  [' '],
  ['ok', ''],
  ['"quoted"'],
  ["it's"],
  ['a:b@c'],
  ['$HOME'],
  ['--', '-dash'],
]

export const missing = (name: string) => failure(404, `No such container: ${name}`)

export const partial = (method: string, tail: string): Replies => ({
  [`${method} /containers/gone${tail}`]: missing('gone'),
  [`${method} /containers/lost${tail}`]: missing('lost'),
  [`${method} /containers/busy${tail}`]: failure(409, `cannot do that: container busy is busy`),
  [`${method} /containers/bad${tail}`]: failure(500, 'something broke'),
  [`${method} /containers/*${tail}`]: noContent,
})

export const partialFailures: readonly (readonly string[])[] = [
  ['gone'],
  ['busy'],
  ['bad'],
  ['a', 'gone', 'b'],
  ['gone', 'a', 'lost'],
  ['bad', 'busy', 'gone'],
  ['gone', 'gone'],
  ['a', 'a'],
  ['a', 'gone', 'a', 'gone'],
  Array.from({ length: 60 }, (_, number) => (number % 7 === 3 ? 'gone' : `c${number}`)),
]

export const sixty = Array.from({ length: 60 }, (_, number) => `c${59 - number}`)

export const signals: readonly (readonly string[])[] = [
  ['-s', 'SIGTERM', 'a'],
  ['-sTERM', 'a'],
  ['-s=9', 'a'],
  ['--signal', 'SIGINT', 'a'],
  ['--signal=HUP', 'a', 'b'],
  ['--signal', 'bogus', 'a'],
  ['--signal', '', 'a'],
  ['-s', 'SIGTERM', '-s', 'KILL', 'a'],
  ['a', '-s', 'INT'],
  ['a', '--signal=INT', 'b'],
  ['-s', '-1', 'a'],
  ['-s', 'a'],
  ['-s'],
  ['--signal'],
]

export const badUsage: readonly (readonly string[])[] = [
  [],
  ['--'],
  ['--bogus', 'a'],
  ['-x', 'a'],
  ['-sx', '-y', 'a'],
  ['a', '--bogus'],
  ['a', '-z'],
  ['--help=bad'],
]

export const help = (command: readonly string[]): ParityCase[] =>
  each(command, [['--help'], ['a', '--help'], ['-h'], ['-h', 'a']], { lenient: helpIsOurs })

export const responses = (command: readonly string[], method: string, path: string): ParityCase[] => [
  { argv: [...command, 'a'], note: 'page not found' },
  { argv: [...command, 'a'], replies: { [`${method} ${path}`]: { status: 304 } }, note: '304' },
  { argv: [...command, 'a'], replies: { [`${method} ${path}`]: { status: 200, json: {} } }, note: '200' },
  { argv: [...command, 'a'], replies: { [`${method} ${path}`]: failure(403, 'not allowed') }, note: '403' },
  { argv: [...command, 'a'], replies: { [`${method} ${path}`]: failure(400, 'a\nb') }, note: 'two lines' },
  { argv: [...command, 'a'], replies: { [`${method} ${path}`]: { status: 500, chunks: ['{bad'] } }, note: 'bad JSON' },
  {
    argv: [...command, 'a'],
    replies: {
      [`${method} ${path}`]: {
        status: 502,
        headers: { 'Content-Type': 'text/html' },
        chunks: ['<h1>bad gateway</h1>'],
      },
    },
    note: 'a proxy in between',
  },
]

const stopCases: ParityCase[] = [
  ...each(
    ['stop'],
    [
      ['a'],
      ['a', 'b', 'c'],
      sixty,
      ['--', 'a', '-t'],
      ['-t', '5', 'a'],
      ['-t5', 'a'],
      ['-t=5', 'a'],
      ['--timeout', '5', 'a'],
      ['--timeout=5', 'a'],
      ['-t', '0', 'a'],
      ['-t', '-1', 'a'],
      ['-t-1', 'a'],
      ['-t', '0x1f', 'a'],
      ['-t', '1', '-t', '2', 'a'],
      ['a', '-t', '3', 'b'],
      ['-t', '86400', 'a'],
      ['--time', '5', 'a'],
      ['--time=5', 'a'],
      ['--time', '5', '--timeout', '6', 'a'],
      ['--timeout', '6', '--time', '5', 'a'],
      ['-t', '6', '--time', '5', 'a'],
      ['--time', '5'],
      ['-s', 'KILL', '-t', '1', 'a'],
      ['-t1', '-sKILL', 'a', 'b'],
    ],
    { replies: partial('POST', '/stop'), parallel: true },
  ),
  ...each(['stop'], signals, { replies: partial('POST', '/stop'), parallel: true }),
  ...each(['stop'], oddNames, { replies: partial('POST', '/stop'), parallel: true }),
  ...each(['stop'], partialFailures, { replies: partial('POST', '/stop'), parallel: true, note: 'failures' }),
  ...each(
    ['stop'],
    [
      ...badUsage,
      ['-t', 'x', 'a'],
      ['-t', '', 'a'],
      ['-t', '1.5', 'a'],
      ['-t'],
      ['--time', 'x', 'a'],
      ['--timeout'],
      ['-t', '99999999999999999999', 'a'],
    ],
  ),
  ...each(['container', 'stop'], [['a', 'b'], ['-t', '1', '-s', 'INT', 'a'], [], ['--bogus'], ['--time', '3', 'a']], {
    replies: partial('POST', '/stop'),
    parallel: true,
  }),
  ...['1.24', '1.41', '1.42'].map(
    (version): ParityCase => ({
      argv: ['stop', '-s', 'INT', 'a'],
      env: { DOCKER_API_VERSION: version },
      replies: partial('POST', '/stop'),
      note: `DOCKER_API_VERSION=${version}`,
    }),
  ),
  { argv: ['stop', '-s', 'INT', 'a'], apiVersion: '1.41', replies: partial('POST', '/stop'), note: 'daemon 1.41' },
  { argv: ['stop', '-t', '3', 'a'], apiVersion: '1.41', replies: partial('POST', '/stop'), note: 'daemon 1.41' },
  {
    argv: ['stop', 'a'],
    replies: { 'POST /containers/a/stop': { fail: 'close-before-response' } },
    note: 'daemon closes',
  },
  {
    argv: ['stop', 'a'],
    replies: { 'POST /containers/a/stop': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  {
    argv: ['stop', 'a', 'b'],
    replies: {
      'POST /containers/b/stop': { fail: 'hang', signal: 'SIGTERM', after: 'POST /containers/a/stop' },
      'POST /containers/a/stop': noContent,
    },
    parallel: true,
    note: 'terminated',
  },
  ...responses(['stop'], 'POST', '/containers/a/stop'),
  ...help(['stop']),
]

const killCases: ParityCase[] = [
  ...each(['kill'], [['a'], ['a', 'b', 'c'], sixty, ['--', 'a']], {
    replies: partial('POST', '/kill'),
    parallel: true,
  }),
  ...each(['kill'], signals, { replies: partial('POST', '/kill'), parallel: true }),
  ...each(['kill'], oddNames, { replies: partial('POST', '/kill'), parallel: true }),
  ...each(['kill'], partialFailures, { replies: partial('POST', '/kill'), parallel: true, note: 'failures' }),
  ...each(['kill'], [...badUsage, ['-t', '3', 'a'], ['--time', '3', 'a']]),
  ...each(['container', 'kill'], [['a', 'b'], ['-s', 'INT', 'a'], [], ['--bogus']], {
    replies: partial('POST', '/kill'),
    parallel: true,
  }),
  ...responses(['kill'], 'POST', '/containers/a/kill'),
  ...help(['kill']),
]

const rmTable = partial('DELETE', '')

const rmCases: ParityCase[] = [
  ...each(
    ['rm'],
    [
      ['a'],
      ['a', 'b', 'c'],
      sixty,
      ['-f', 'a'],
      ['--force', 'a'],
      ['--force=true', 'a'],
      ['--force=false', 'a'],
      ['-f=0', 'a'],
      ['-v', 'a'],
      ['--volumes', 'a'],
      ['-l', 'a/db'],
      ['--link', '/a/db'],
      ['-fv', 'a'],
      ['-vf', 'a', 'b'],
      ['-fvl', 'a/b'],
      ['a', '-f'],
      ['a', '-f', 'b', '-v'],
      ['-f', '-f=false', 'a'],
      ['//a'],
      ['a/'],
      ['///'],
      ['-f', ''],
      ['--', 'a'],
      ['--', '-f'],
    ],
    { replies: rmTable, parallel: true },
  ),
  ...each(['rm'], oddNames, { replies: rmTable, parallel: true }),
  ...each(['rm'], partialFailures, { replies: rmTable, parallel: true, note: 'failures' }),
  ...each(['rm', '-f'], partialFailures, { replies: rmTable, parallel: true, note: 'failures' }),
  ...each(['rm', '-v'], [['gone', 'a']], { replies: rmTable, parallel: true, note: 'failures' }),
  ...each(
    ['rm'],
    [
      ...badUsage,
      ['-f'],
      ['-fx', 'a'],
      ['--force=maybe', 'a'],
      ['-v=x', 'a'],
      ['--link=', 'a'],
      ['--volume', 'a'],
      ['-t', '3', 'a'],
    ],
  ),
  ...['rm', 'remove'].flatMap((verb) =>
    each(['container', verb], [['a', 'b'], ['-fv', 'a'], ['gone'], [], ['--bogus'], ['-x', 'a']], {
      replies: rmTable,
      parallel: true,
    }),
  ),
  ...responses(['rm'], 'DELETE', '/containers/a'),
  {
    argv: ['rm', 'a'],
    replies: {
      'DELETE /containers/a': failure(
        409,
        'cannot remove container "/a": container is running: stop the container before removing or force remove',
      ),
    },
    note: 'running',
  },
  {
    argv: ['rm', '-f', 'a'],
    replies: { 'DELETE /containers/a': failure(409, 'removal of container a is already in progress') },
    note: 'in progress',
  },
  ...help(['rm']),
]

export const stop: ParityGroup = { name: 'stop', cases: stopCases }
export const kill: ParityGroup = { name: 'kill', cases: killCases }
export const rm: ParityGroup = { name: 'rm', cases: rmCases }
