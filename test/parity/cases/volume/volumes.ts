import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

/** A volume as `GET /volumes/NAME` returns it, with a field that docker does not know. */
export const volume = {
  Name: 'data',
  Driver: 'local',
  Mountpoint: '/var/lib/docker/volumes/data/_data',
  Labels: { tier: '<web>' },
  Options: { type: 'nfs', device: ':/x' },
  Scope: 'local',
  CreatedAt: '2025-01-02T03:04:05Z',
  Status: { used: 12, full: false },
  Extra: 1,
}

const swarm = (name: string, more: object) => ({
  ...volume,
  Name: name,
  Driver: 'csi',
  ClusterVolume: { ID: 'cv1', Spec: { Group: 'fast', Availability: 'active' }, ...more },
})

const listed: Replies = {
  'GET /volumes': json({
    Volumes: [
      volume,
      { ...volume, Name: 'vol10', Labels: null, UsageData: { RefCount: 2, Size: 2048 } },
      { ...volume, Name: 'vol9', Driver: 'nfs', Scope: 'global', UsageData: { RefCount: -1, Size: -1 } },
      swarm('pending', {}),
      swarm('created', { Info: { VolumeID: 'v1' } }),
      swarm('used', { Info: { VolumeID: 'v2' }, PublishStatus: [{ NodeID: 'a' }] }),
      swarm('busy', { Info: { VolumeID: 'v3' }, PublishStatus: [{ NodeID: 'a' }, { NodeID: 'b' }] }),
    ],
    Warnings: ['a warning that docker does not show'],
  }),
}
const found: Replies = {
  'GET /volumes/data': json(volume),
  'GET /volumes/plain': json({
    Name: 'plain',
    Driver: 'local',
    Mountpoint: '/m',
    Labels: null,
    Options: null,
    Scope: 'local',
  }),
  'GET /volumes/*': failure(404, 'get x: no such volume'),
}

const world: Replies = {
  'POST /volumes/create': json(volume, 201),
  'DELETE /volumes/gone': failure(404, 'get gone: no such volume'),
  'DELETE /volumes/busy': failure(409, 'remove busy: volume is in use - [c0ffee]'),
  'DELETE /volumes/*': noContent,
}

const cases: ParityCase[] = [
  ...each(
    ['volume', 'ls'],
    [
      [],
      ['-q'],
      ['--cluster'],
      ['--cluster', '-q'],
      ['--cluster', '--format', '{{.Name}}'],
      ['--format', ''],
      ['--format', 'table'],
      ['--format', 'raw'],
      ['--format', 'raw', '-q'],
      ['--format', 'json'],
      ['--format', '{{json .}}', '-q'],
      ['-q', '--format', '{{.Driver}}'],
      ['--format', '{{.Name}} {{.Driver}} {{.Scope}} {{.Mountpoint}}'],
      ['--format', '{{.Links}} {{.Size}} {{.Group}} {{.Availability}} {{.Status}}'],
      ['--format', '{{.Labels}}|{{.Label "tier"}}|{{.Label "none"}}'],
      ['--format', 'table {{.Name}}\\t{{.Label "tier"}}\\t{{.Size}}\\t{{.Links}}'],
      ['--format', 'table {{.Mountpoint}}\t{{.Scope}}\t{{.Group}}\t{{.Status}}\t{{.Availability}}\t{{.Labels}}'],
      ['--format', '{{.ID}}'],
      ['--format', '{{.Bogus}}'],
      ['--format', 'table {{.Bogus}}'],
      ['--format', '{{'],
      ['-f', 'dangling=true'],
      ['--filter', 'driver=local', '--filter', 'label=a', '--filter', 'label=b=c'],
      ['--filter', 'bogus'],
      ['--no-trunc'],
      ['extra'],
      ['--bogus'],
      ['-f'],
    ],
    { replies: listed },
  ),
  ...each(['volume', 'list'], [[], ['-q']], { replies: listed, note: 'alias' }),
  ...each(['volume', 'ls'], [[], ['--cluster']], { replies: listed, apiVersion: '1.41', note: 'daemon 1.41' }),
  { argv: ['volume', 'ls'], replies: { 'GET /volumes': json({ Volumes: [], Warnings: null }) }, note: 'none' },
  { argv: ['volume', 'ls'], replies: { 'GET /volumes': json({ Volumes: null }) }, note: 'null' },
  { argv: ['volume', 'ls'], replies: { 'GET /volumes': failure(500, 'disk on fire') }, note: 'refused' },
  { argv: ['volume', 'ls'], daemon: 'none', note: 'no daemon' },
  ...['{{.Name}}', 'table {{.Name}}\\t{{.Driver}}', 'raw', 'json', '{{.Bogus}}', '{{'].map(
    (format): ParityCase => ({
      argv: ['volume', 'ls'],
      config: { volumesFormat: format },
      replies: listed,
      note: `volumesFormat ${format}`,
    }),
  ),
  { argv: ['volume', 'ls', '-q'], config: { volumesFormat: '{{.Driver}}' }, replies: listed, note: 'volumesFormat' },
  { argv: ['volume', 'ls'], config: { volumesFormat: [] }, replies: listed, note: 'volumesFormat is a list' },
  ...each(
    ['volume', 'inspect'],
    [
      ['data'],
      ['plain'],
      ['data', 'gone', 'plain'],
      ['gone'],
      ['-f', 'json', 'data', 'plain'],
      ['-f', '{{json .}}', 'data'],
      ['-f', '{{.Name}} {{.Mountpoint}} {{.CreatedAt}}', 'data', 'plain'],
      ['-f', '{{.Status.used}} {{.Labels.tier}} {{.Options.type}}', 'data'],
      ['-f', '{{.Status}} {{.UsageData}} {{.ClusterVolume}}', 'data'],
      ['-f', '{{.Extra}}', 'data'],
      ['-f', '{{.Bogus}}', 'data', 'plain'],
      ['-f', '{{', 'data'],
      [],
      [''],
      ['-s', 'data'],
    ],
    { replies: found },
  ),
  ...each(
    ['volume', 'create'],
    [
      [],
      ['data'],
      ['-d', 'nfs', '-o', 'type=nfs', '-o', 'flag', '--label', 'a=b', '--label', 'c', 'data'],
      ['--opt', 'o=a=b', '--opt', 'o=c', 'data'],
      ['--driver', '', 'data'],
      ['--label', '', 'data'],
      ['--label', 'a b=c', 'data'],
      ['--name', 'data'],
      ['--name', 'data', 'other'],
      ['data', '-d', 'x'],
      [''],
      ['--bogus'],
      ['-d'],
    ],
    { replies: world },
  ),
  ...each(
    ['volume', 'rm'],
    [
      ['data'],
      ['data', 'other'],
      ['-f', 'data'],
      ['gone', 'data', 'busy', 'other'],
      ['-f', 'gone'],
      ['--force=false', 'data'],
      [],
      ['--bogus', 'data'],
    ],
    { replies: world },
  ),
  { argv: ['volume', 'remove', 'data'], replies: world, note: 'alias' },
  ...each(
    ['volume'],
    [
      ['create', '--help'],
      ['rm', '--help'],
      ['ls', '--help'],
      ['inspect', '--help'],
    ],
    { lenient: helpIsOurs },
  ),
]

export const volumes: ParityGroup = { name: 'volume', cases }
