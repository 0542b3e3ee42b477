import { failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityGroup } from '../../case.ts'

/** Names with white space around them, each of which is another name than the one without. */
const padded = [
  ' busybox',
  'busybox ',
  '\tbusybox',
  'busybox\n',
  '\u00a0busybox',
  'busybox\u2003',
  'busybox\r',
  '\ufeffbusybox',
  'busybox\u0085',
]

const replies: Replies = {
  'DELETE /images/*': json([{ Untagged: 'busybox:latest' }]),
  'GET /images/*': json({ Id: 'sha256:aa', RepoTags: ['busybox:latest'] }),
  'GET /images/busybox/json': json({ Id: 'sha256:aa', RepoTags: ['busybox:latest'] }),
  'GET /images/busybox/history': json([]),
  'GET /images/json': json([]),
  'GET /networks/*': json({ Id: 'n', Name: 'n' }),
  'GET /volumes/*': json({ Name: 'v' }),
  'GET /containers/*': failure(404, 'No such container'),
  'GET /services/*': failure(404, 'service not found'),
  'GET /nodes/*': failure(404, 'node not found'),
  'GET /secrets/*': failure(404, 'secret not found'),
  'GET /configs/*': failure(404, 'config not found'),
  'GET /secrets': json([]),
  'GET /configs': json([]),
  'GET /nodes': json([]),
  'GET /tasks': json([]),
  'GET /info': json({ Swarm: { NodeID: 'n' } }),
  'GET /plugins/*': failure(404, 'plugin not found'),
  'DELETE /networks/*': json({}),
  'DELETE /volumes/*': json({}),
  'DELETE /containers/*': json({}),
  'DELETE /services/*': json({}),
  'DELETE /nodes/*': json({}),
  'DELETE /secrets/*': json({}),
  'DELETE /configs/*': json({}),
  'POST /*': json({}),
}

const commands: readonly (readonly string[])[] = [
  ['rmi'],
  ['image', 'inspect'],
  ['history'],
  ['image', 'ls'],
  ['network', 'inspect'],
  ['network', 'rm'],
  ['volume', 'inspect'],
  ['volume', 'rm'],
  ['inspect'],
  ['rm'],
  ['stop'],
  ['start'],
  ['kill'],
  ['pause'],
  ['port'],
  ['diff'],
  ['top'],
  ['wait'],
  ['restart'],
  ['service', 'rm'],
  ['service', 'inspect'],
  ['secret', 'rm'],
  ['secret', 'inspect'],
  ['config', 'inspect'],
  ['node', 'rm'],
  ['node', 'inspect'],
  ['export'],
  ['checkpoint', 'ls'],
]

const withTail: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['tag'], ['other']],
  [['rename'], ['other']],
  [['network', 'connect', 'n'], []],
  [['network', 'connect'], ['c']],
  [['network', 'disconnect'], ['c']],
  [['update', '--cpu-shares', '1'], []],
  [['commit'], []],
  [['push'], []],
  [['pull'], []],
  [['create'], []],
  [['save', '-o', 'x.tar'], []],
]

export const names: ParityGroup = {
  name: 'names',
  cases: [
    ...commands.flatMap((command) =>
      each(
        command,
        padded.map((name) => [name]),
        { replies },
      ),
    ),
    ...withTail.flatMap(([command, tail]) =>
      each(
        command,
        padded.map((name) => [name, ...tail]),
        { replies },
      ),
    ),
    ...each(['images'], [['ls'], ['rm'], ['inspect'], ['prune'], ['tree'], ['list'], ['nope']], {
      replies,
      note: 'subcommand',
    }),
  ],
}
