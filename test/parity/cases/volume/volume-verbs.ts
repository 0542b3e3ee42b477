import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { badUsage, oddNames, responses } from '../container/stop-kill-rm.ts'

const created: Replies = { 'POST /volumes/create': json({ Name: 'data', Driver: 'local', Mountpoint: '/x' }, 201) }

const createCases: ParityCase[] = [
  ...each(
    ['volume', 'create'],
    [
      [],
      ['data'],
      [''],
      [' '],
      ['--', 'data'],
      ['--name', 'data'],
      ['--name', 'data', 'other'],
      ['--name', '', 'other'],
      ['-d', 'nfs', 'data'],
      ['--driver=', 'data'],
      ['-dlocal', '-o', 'type=tmpfs', '-o', 'device=tmpfs', '--opt=o=size=100m,uid=1000', 'data'],
      ['-o', 'flag', 'data'],
      ['-o', '', 'data'],
      ['-o', '=x', 'data'],
      ['-o', 'a=1', '-o', 'a=2', 'data'],
      ['--label', 'a=b', '--label', 'c', 'data'],
      ['--label', 'a=b', '--label', 'a=c', 'data'],
      ['--label', '', 'data'],
      ['--label', 'a b=c', 'data'],
      ['data', '--label', 'x=y', '-d', 'x'],
      ['a', 'b'],
      ['--bogus'],
      ['-x'],
      ['-d'],
      ['--label'],
    ],
    { replies: created },
  ),
  ...each(
    ['volume', 'create'],
    [
      ['--group', 'g', 'data'],
      ['--scope', 'multi', 'data'],
      ['--sharing', 'all', 'data'],
      ['--availability', 'pause', 'data'],
      ['--type', 'mount', 'data'],
      ['--type', 'other', 'data'],
      ['--secret', 'a=b', '--secret', 'c=d', 'data'],
      ['--secret', 'b=1', '--secret', 'a=2', '--group', 'g', 'data'],
      ['--limit-bytes', '1g', 'data'],
      ['--required-bytes=500m', 'data'],
      ['--limit-bytes', 'x', 'data'],
      ['--topology-required', 'a=b,c=d', 'data'],
      ['--topology-preferred', 'a=b', '--topology-preferred', 'c', '--group', 'g', 'data'],
      ['--topology-required', 'a=b,c', '--topology-required', '', '--type', 'block', 'data'],
    ],
    { replies: created, headers: { Swarm: 'active/manager' }, note: 'manager' },
  ),
  ...[null, 'inactive', 'active/worker', 'active', 'pending', 'error', 'locked'].flatMap((swarm) =>
    each(
      ['volume', 'create'],
      [
        ['--group', 'g', 'data'],
        ['--type', 'mount', '--scope', 'x', 'data'],
      ],
      {
        replies: created,
        headers: { Swarm: swarm },
        note: `swarm ${swarm}`,
      },
    ),
  ),
  {
    argv: ['volume', 'create', '--group', 'g', 'data'],
    apiVersion: '1.41',
    replies: created,
    note: 'daemon 1.41',
  },
  { argv: ['volume', 'create', 'data'], apiVersion: '1.41', replies: created, note: 'daemon 1.41' },
  { argv: ['volume', 'create', 'data'], replies: { 'POST /volumes/create': json({}, 201) }, note: 'no name' },
  { argv: ['volume', 'create', 'data'], replies: { 'POST /volumes/create': json(null, 201) }, note: 'null' },
  { argv: ['volume', 'create', 'data'], replies: { 'POST /volumes/create': json([], 201) }, note: 'a list' },
  { argv: ['volume', 'create', 'data'], replies: { 'POST /volumes/create': noContent }, note: 'no response' },
  {
    argv: ['volume', 'create', 'a/b'],
    replies: { 'POST /volumes/create': failure(400, 'create a/b: "a/b" includes invalid characters') },
    note: 'bad name',
  },
  { argv: ['volume', 'create', 'data'], daemon: 'none', note: 'no daemon' },
  ...each(['volume', 'create'], [['--help'], ['a', '--help'], ['-h'], ['-h', 'a']], { lenient: helpIsOurs }),
]

const notFound = (name: string) => failure(404, `get ${name}: no such volume`)
const rmReplies: Replies = {
  'DELETE /volumes/gone': notFound('gone'),
  'DELETE /volumes/lost': notFound('lost'),
  'DELETE /volumes/busy': failure(409, 'remove busy: volume is in use - [abc]'),
  'DELETE /volumes/bad': failure(500, 'something broke'),
  'DELETE /volumes/*': noContent,
}

const rmCases: ParityCase[] = [
  ...['rm', 'remove'].flatMap((verb) =>
    each(
      ['volume', verb],
      [
        ['a'],
        ['a', 'b', 'c'],
        ['gone'],
        ['a', 'gone', 'b'],
        ['gone', 'lost', 'busy'],
        ['bad', 'a', 'busy'],
        ['a', 'a'],
        ['-f', 'a'],
        ['-f', 'gone'],
        ['--force', 'a', 'gone', 'busy'],
        ['--force=false', 'a'],
        ['a', '-f'],
      ],
      { replies: rmReplies },
    ),
  ),
  ...each(['volume', 'rm'], oddNames, { replies: rmReplies, note: 'odd names' }),
  ...each(['volume', 'rm'], [...badUsage, ['--force=maybe', 'a']], { replies: rmReplies }),
  ...responses(['volume', 'rm'], 'DELETE', '/volumes/a'),
  { argv: ['volume', 'rm', 'a', 'b'], daemon: 'none', note: 'no daemon' },
  {
    argv: ['volume', 'rm', 'gone', 'bad'],
    replies: { 'DELETE /volumes/*': { fail: 'hang', signal: 'SIGINT' } },
    note: 'interrupted',
  },
  ...each(['volume', 'rm'], [['--help'], ['a', '--help'], ['-h']], { lenient: helpIsOurs }),
]

const clusterVolume = {
  ID: 'cv1',
  Version: { Index: 7 },
  CreatedAt: '2024-01-01T00:00:00Z',
  UpdatedAt: '2024-01-02T00:00:00Z',
  Spec: {
    Group: 'g',
    AccessMode: { Scope: 'single', Sharing: 'none', MountVolume: {} },
    CapacityRange: { RequiredBytes: 10, LimitBytes: 20 },
    Availability: 'active',
  },
}

const updateReplies: Replies = {
  'GET /volumes/plain': json({ Name: 'plain', Driver: 'local', Scope: 'local' }),
  'GET /volumes/swarm': json({ Name: 'swarm', Driver: 'csi', Scope: 'global', ClusterVolume: clusterVolume }),
  'GET /volumes/gone': failure(404, 'get gone: no such volume'),
  'PUT /volumes/cv1': { status: 200 },
}

const updateCases: ParityCase[] = [
  ...each(
    ['volume', 'update'],
    [
      ['plain'],
      ['plain', '--availability', 'drain'],
      ['gone'],
      ['swarm'],
      ['swarm', '--availability', 'drain'],
      ['--availability=pause', 'swarm'],
      ['swarm', '--availability', 'bogus'],
      ['swarm', '--availability', ''],
      [],
      ['a', 'b'],
      ['swarm', '--nosuch'],
      ['swarm', '--availability'],
    ],
    { replies: updateReplies },
  ),
  ...each(['volume', 'update'], [['swarm'], [], ['a', 'b'], ['swarm', '--nosuch']], {
    replies: updateReplies,
    apiVersion: '1.41',
    note: 'daemon 1.41',
  }),
  {
    argv: ['volume', 'update', 'swarm'],
    replies: { ...updateReplies, 'PUT /volumes/cv1': failure(500, 'no') },
    note: 'fails',
  },
  { argv: ['volume', 'update', 'a'], daemon: 'none', note: 'no daemon' },
  ...each(['volume', 'update'], [['--help'], ['-h']], { lenient: helpIsOurs }),
]

export const volumeVerbs: ParityGroup = {
  name: 'volume-verbs',
  cases: [...createCases, ...rmCases, ...updateCases],
}
