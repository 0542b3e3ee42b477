import { ago, failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

/** Go's zero time. Its age is the largest duration that Go can represent, so the output does not depend on the date. */
const NEVER = -62_135_596_800

const digest = (letter: string) => `sha256:${letter.repeat(64)}`

const usage = {
  LayersSize: 1_234_567_890,
  Images: [
    {
      Id: digest('a'),
      RepoTags: ['busybox:latest', 'mine/busybox:1'],
      RepoDigests: [`busybox@${digest('d')}`],
      Created: ago(3.5, 'd'),
      Size: 4_261_550,
      SharedSize: 1_000_000,
      Containers: 2,
      Labels: { a: 'b' },
    },
    { Id: digest('b'), RepoTags: [], RepoDigests: [], Created: ago(2.5, 'w'), Size: 100, SharedSize: 0, Containers: 0 },
    {
      Id: digest('c'),
      RepoTags: ['<none>:<none>'],
      RepoDigests: ['<none>@<none>'],
      Created: ago(5.5, 'h'),
      Size: -1,
      SharedSize: -1,
      Containers: -1,
    },
    {
      Id: digest('e'),
      RepoTags: ['127.0.0.1:5000/team/app:v2'],
      RepoDigests: null,
      Created: ago(30.5, 's'),
      Size: 999_999,
      SharedSize: 0,
      Containers: 1,
    },
    {
      Id: digest('9'),
      RepoTags: null,
      RepoDigests: [`only/digest@${digest('8')}`],
      Created: ago(90.5, 'm'),
      Size: 77,
      SharedSize: 7,
      Containers: 0,
    },
  ],
  Containers: [
    {
      Id: '1'.repeat(64),
      Names: ['/web', '/other/link'],
      Image: 'busybox',
      ImageID: digest('a'),
      Command: 'sh -c "while true; do date; sleep 1; done"',
      Created: ago(10.5, 'm'),
      Ports: [{ IP: '0.0.0.0', PrivatePort: 80, PublicPort: 8080, Type: 'tcp' }],
      SizeRw: 1024,
      SizeRootFs: 5_000_000,
      Labels: { app: 'web' },
      State: 'running',
      Status: 'Up 10 minutes',
      Mounts: [
        { Type: 'volume', Name: 'data', Driver: 'local', Destination: '/data' },
        { Type: 'bind', Source: '/srv', Destination: '/srv' },
      ],
      NetworkSettings: { Networks: { bridge: {} } },
    },
    {
      Id: '2'.repeat(64),
      Names: ['/old'],
      Image: digest('b'),
      ImageID: digest('b'),
      Command: 'true',
      Created: ago(6.5, 'd'),
      Ports: [],
      SizeRw: 2_000_000,
      SizeRootFs: 2_000_100,
      State: 'exited',
      Status: 'Exited (0) 6 days ago',
      Mounts: [],
    },
    { Id: '3'.repeat(64), Names: ['/idle'], Image: 'busybox', Command: 'sh', Created: ago(1.5, 'h'), State: 'paused' },
    { Id: '4'.repeat(64), Names: ['/new'], Image: 'busybox', Command: 'sh', Created: ago(1.5, 'h'), State: 'created' },
    { Id: '5'.repeat(64), Names: ['/again'], Image: 'x', Command: '', Created: NEVER, SizeRw: 5, State: 'restarting' },
  ],
  Volumes: [
    {
      Name: 'data',
      Driver: 'local',
      Scope: 'local',
      Mountpoint: '/var/lib/docker/volumes/data/_data',
      Labels: null,
      UsageData: { RefCount: 1, Size: 5_000_000 },
    },
    {
      Name: 'f'.repeat(64),
      Driver: 'local',
      Labels: { 'com.docker.volume.anonymous': '' },
      UsageData: { RefCount: 0, Size: 1234 },
    },
    { Name: 'remote', Driver: 'nfs', UsageData: { RefCount: 0, Size: -1 } },
  ],
  BuildCache: [
    {
      ID: 'zzzzzzzzzzzzzzzzzzzzzzzzz',
      ' Parents': ['p1', 'p2'],
      Type: 'regular',
      Description: 'mount / from exec /bin/sh -c make',
      InUse: false,
      Shared: false,
      Size: 12_345_678,
      CreatedAt: '1620-01-02T03:04:05.123456789Z',
      LastUsedAt: '1621-01-02T03:04:05Z',
      UsageCount: 3,
    },
    {
      ID: 'aaaaaaaaaaaaaaaaaaaaaaaaa',
      Parent: 'zzzzzzzzzzzzzzzzzzzzzzzzz',
      Type: 'source.local',
      Description: 'local source for context',
      InUse: true,
      Shared: false,
      Size: 1000,
      CreatedAt: '1620-01-02T03:04:05+02:00',
      LastUsedAt: null,
      UsageCount: 0,
    },
    {
      ID: 'shared',
      Type: 'internal',
      Description: '',
      InUse: true,
      Shared: true,
      Size: 999,
      CreatedAt: '1619-06-01T00:00:00Z',
      LastUsedAt: '1621-01-02T03:04:05Z',
      UsageCount: 1,
    },
    { ID: 'bbb', Type: 'frontend', Size: 0, CreatedAt: '1618-01-01T00:00:00Z' },
  ],
}

const full: Replies = { 'GET /system/df': json(usage) }
const nothing: Replies = {
  'GET /system/df': json({ LayersSize: 0, Images: [], Containers: [], Volumes: [], BuildCache: null }),
}

/** The response without times, so that the output does not depend on the date. */
const timeless: Replies = {
  'GET /system/df': json({
    ...usage,
    Images: usage.Images.map((image) => ({ ...image, Created: NEVER })),
    Containers: usage.Containers.map((container) => ({ ...container, Created: NEVER })),
  }),
}

const FORMATS = [
  'table',
  'json',
  'raw',
  'pretty',
  '{{.Type}}',
  '{{.Type}}: {{.Size}} ({{.Reclaimable}})',
  '{{.TotalCount}}/{{.Active}}',
  'table {{.Type}}\\t{{.Size}}',
  'table {{.Type}}\\t{{.TotalCount}}\\t{{.Active}}\\t{{.Reclaimable}}',
  '{{json .}}',
  '{{json .Size}}',
  '{{upper .Type}}',
  '{{.Bogus}}',
  'table {{.Bogus}}',
  '{{.Label "a"}}',
  '{{',
  '{{bogus .}}',
  '',
  'plain',
  '{{if eq .Type "Images"}}{{.Size}}{{end}}',
]

const VERBOSE_FORMATS = [
  'table',
  'json',
  'raw',
  '{{json .}}',
  '{{range .Images}}{{.Repository}}:{{.Tag}} {{.ID}} {{.CreatedAt | len}} {{.Size}} {{.SharedSize}} {{.UniqueSize}} {{.Containers}};{{end}}',
  '{{range .Containers}}{{.Names}} {{.Size}} {{.LocalVolumes}} {{.Mounts}} {{.Image}} {{.Command}} {{.State}}\\n{{end}}',
  '{{range .Volumes}}{{.Name}} {{.Links}} {{.Size}} {{.Driver}} {{.Labels}}\n{{end}}',
  '{{range .BuildCache}}{{.ID}} {{.Parent}} {{.CacheType}} {{.Description}} {{.CreatedAt}} {{.LastUsedAt}} {{.UsageCount}} {{.InUse}} {{.Shared}} {{.Size}}\n{{end}}',
  'table {{range .BuildCache}}{{.ID}}\\t{{.CacheType}}\\n{{end}}',
  '{{len .Images}} {{len .Containers}} {{len .Volumes}} {{len .BuildCache}}',
  '{{json .Volumes}}',
  '{{range .Images}}{{json .ID}}{{end}}',
  '{{.Type}}',
  '{{.Bogus}}',
  '{{range .Images}}{{.Bogus}}{{end}}',
  '{{',
  'plain',
]

const cases: ParityCase[] = [
  ...each(['system', 'df'], [[], ['-v'], ['--verbose'], ['--verbose=false'], ['-v', '--format', '']], {
    replies: full,
  }),
  ...each(['system', 'df'], [[], ['-v'], ['--format', 'json'], ['-v', '--format', 'json'], ['-v', '--format', 'raw']], {
    replies: nothing,
    note: 'nothing',
  }),
  { argv: ['system', 'df'], replies: { 'GET /system/df': json({}) }, note: 'empty' },
  { argv: ['system', 'df', '-v'], replies: { 'GET /system/df': json({}) }, note: 'empty' },
  { argv: ['system', 'df', '-v'], env: { TZ: 'Asia/Kolkata' }, replies: full, note: 'in India' },
  ...FORMATS.map((format): ParityCase => ({ argv: ['system', 'df', '--format', format], replies: full })),
  ...VERBOSE_FORMATS.map(
    (format): ParityCase => ({ argv: ['system', 'df', '-v', '--format', format], replies: timeless }),
  ),
  ...each(['system', 'df'], [['x'], ['--bogus'], ['-x'], ['--format'], ['-v=maybe'], ['-q'], ['-vx']], {
    replies: full,
  }),
  { argv: ['system', 'df'], replies: { 'GET /system/df': failure(500, 'something broke') }, note: '500' },
  { argv: ['system', 'df', '--format', '{{'], replies: { 'GET /system/df': failure(500, 'no') }, note: '500' },
  { argv: ['system', 'df'], replies: { 'GET /system/df': json(null) }, note: 'null' },
  { argv: ['system', 'df'], replies: { 'GET /system/df': json([]) }, note: 'a list' },
  { argv: ['system', 'df'], replies: { 'GET /system/df': { status: 204 } }, note: 'no response' },
  { argv: ['system', 'df'], daemon: 'none', note: 'no daemon' },
  { argv: ['system', 'df'], apiVersion: '1.41', replies: full, note: 'daemon 1.41' },
  { argv: ['system', 'df'], replies: { 'GET /system/df': { fail: 'hang', signal: 'SIGINT' } }, note: 'interrupted' },
  ...each(['system', 'df'], [['--help'], ['-h']], { lenient: helpIsOurs }),
]

export const systemDf: ParityGroup = { name: 'system-df', cases }
