import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const replies: Replies = {
  'POST /containers/web/checkpoints': { status: 201 },
  'POST /containers/gone/checkpoints': failure(404, 'No such container: gone'),
  'POST /containers/plain/checkpoints': failure(500, 'checkpoint: criu is not there'),
  'GET /containers/web/checkpoints': json([
    { Name: 'zz' },
    { Name: 'aa' },
    { Name: 'a-name-that-is-long' },
    { Name: '' },
  ]),
  'GET /containers/idle/checkpoints': json([]),
  'GET /containers/null/checkpoints': json(null),
  'GET /containers/gone/checkpoints': failure(404, 'No such container: gone'),
  'DELETE /containers/web/checkpoints/*': noContent,
  'DELETE /containers/gone/checkpoints/*': failure(404, 'No such container: gone'),
}
const experimental = { replies, headers: { 'Docker-Experimental': 'true' } }
const tails = [
  ['create', 'web', 'one'],
  ['create', '--leave-running', '--checkpoint-dir', '/tmp/c', 'web', 'one'],
  ['create', '--leave-running=false', 'web', 'one'],
  ['create', 'gone', 'one'],
  ['create', 'plain', 'one'],
  ['create', 'web', ''],
  ['create', '', 'one'],
  ['create', 'web'],
  ['create', '--exit', 'web', 'one'],
  ['ls', 'web'],
  ['list', '--checkpoint-dir=/a b', 'web'],
  ['ls', 'idle'],
  ['ls', 'null'],
  ['ls', 'gone'],
  ['ls', ''],
  ['ls'],
  ['rm', 'web', 'one'],
  ['remove', '--checkpoint-dir', 'x', 'web', 'one'],
  ['rm', 'gone', 'one'],
  ['rm', 'web', ''],
  ['rm', '', 'one'],
  ['rm', 'web'],
]

const cases: ParityCase[] = [
  ...each(['checkpoint'], tails, experimental),
  ...each(['checkpoint'], [['create', 'web', 'one'], ['ls', 'web'], ['rm', 'web'], ['ls', '--nope', 'web'], ['nope']], {
    replies,
    note: 'not experimental',
  }),
  ...each(['checkpoint'], [['create', 'web', 'one'], ['ls']], {
    ...experimental,
    apiVersion: '1.24',
    note: 'an old daemon',
  }),
  ...each(
    ['checkpoint'],
    [
      ['create', 'web', 'one'],
      ['list', 'web'],
    ],
    {
      replies,
      headers: { 'Docker-Experimental': 'true', Ostype: 'windows' },
      note: 'a daemon on Windows',
    },
  ),
  ...each(['checkpoint'], [['create', 'web', 'one'], ['ls', 'web'], ['ls']], { daemon: 'none', note: 'no daemon' }),
  ...each(['checkpoint'], [[], ['--help'], ['create', '--help'], ['ls', '--help'], ['rm', '--help']], {
    ...experimental,
    lenient: helpIsOurs,
  }),
  ...each(['checkpoint'], [['create', '--help'], ['ls', '--help'], []], {
    replies,
    note: 'help, not experimental',
    lenient: helpIsOurs,
  }),
]

export const checkpoints: ParityGroup = { name: 'checkpoint', cases }
