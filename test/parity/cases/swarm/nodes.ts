import { failure, json, noContent, type Replies, timeAgo } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'

const tls = { TrustRoot: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n' }
const tlsInfo = { ...tls, CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh', CertIssuerPublicKey: 'MFkwEwYH' }

/** A node as `GET /nodes/ID` has it, with a value in every field. */
export const leader = {
  ID: 'h1jlbm5cxbg48zaflkhpfflyr',
  Version: { Index: 42 },
  CreatedAt: '2025-01-02T03:04:05.123456789Z',
  UpdatedAt: '2025-01-03T03:04:05Z',
  Spec: { Name: 'boss', Labels: { zone: 'a', disk: '<ssd>', bare: '' }, Role: 'manager', Availability: 'active' },
  Description: {
    Hostname: 'host10',
    Platform: { Architecture: 'x86_64', OS: 'linux' },
    Resources: { NanoCPUs: 2500000000, MemoryBytes: 8246337536 },
    Engine: {
      EngineVersion: '28.2.2',
      Labels: { rack: '7' },
      Plugins: [
        { Type: 'Volume', Name: 'local' },
        { Type: 'Network', Name: 'bridge' },
        { Type: 'Network', Name: 'overlay' },
      ],
    },
    TLSInfo: tlsInfo,
  },
  Status: { State: 'ready', Message: 'all is well', Addr: '10.0.0.1' },
  ManagerStatus: { Leader: true, Reachability: 'reachable', Addr: '10.0.0.1:2377' },
}
const worker = {
  ID: 'wjz2s3mvf8a1k0x9c7b6n5m4l',
  Version: { Index: 7 },
  CreatedAt: '2025-01-02T03:04:05Z',
  UpdatedAt: '2025-01-03T03:04:05Z',
  Spec: { Labels: {}, Role: 'worker', Availability: 'drain' },
  Description: {
    Hostname: 'host9',
    Platform: { Architecture: 'aarch64', OS: 'linux' },
    Resources: {},
    Engine: { EngineVersion: '20.10.24' },
    TLSInfo: { ...tlsInfo, CertIssuerPublicKey: 'b2xk' },
  },
  Status: { State: 'down', Message: 'heartbeat failure', Addr: '10.0.0.2' },
}
const other = {
  ...worker,
  ID: 'oooooooooooooooooooooooo9',
  Spec: { Labels: null, Role: 'manager', Availability: 'pause' },
  Description: { Hostname: '漢字' },
  Status: { State: 'unknown' },
  ManagerStatus: { Reachability: 'unreachable', Addr: '10.0.0.3:2377' },
}
const info = {
  Swarm: {
    NodeID: leader.ID,
    LocalNodeState: 'active',
    ControlAvailable: true,
    Cluster: { ID: 'c1', TLSInfo: tlsInfo },
  },
}

const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'

/** The responses of a daemon outside of a swarm. */
export const outside: Replies = {
  'GET /info': json({ Swarm: { NodeID: '', LocalNodeState: 'inactive' } }),
  'GET *': failure(503, NOT_A_MANAGER),
  'POST *': failure(503, NOT_A_MANAGER),
  'DELETE *': failure(503, NOT_A_MANAGER),
}

const image = `localhost:5000/team/web:1.2@sha256:${'ab'.repeat(32)}`
const task = (id: string, more: object) => ({
  ID: id.padEnd(25, '0'),
  Version: { Index: 3 },
  CreatedAt: '2025-01-02T03:04:05Z',
  UpdatedAt: '2025-01-02T03:04:05Z',
  Labels: {},
  Spec: { ContainerSpec: { Image: image } },
  ServiceID: 'svcweb',
  Slot: 1,
  NodeID: leader.ID,
  DesiredState: 'running',
  Status: { Timestamp: timeAgo(3.5, 'd'), State: 'running', Message: 'started', PortStatus: {} },
  ...more,
})

/** Unordered tasks: replicas and their predecessors, tasks of a global service, and tasks of removed services. */
const tasks = [
  task('t10', { Slot: 10 }),
  task('t2', { Slot: 2, CreatedAt: '2025-01-02T03:04:06.5Z' }),
  task('t2old', {
    Slot: 2,
    DesiredState: 'shutdown',
    CreatedAt: '2025-01-02T03:04:05.2Z',
    NodeID: worker.ID,
    Status: {
      Timestamp: timeAgo(90, 's'),
      State: 'failed',
      Err: 'task: non-zero exit (137): dockerexec: unhealthy "container"',
    },
  }),
  task('t2older', {
    Slot: 2,
    DesiredState: 'shutdown',
    CreatedAt: '2025-01-02T03:04:05.1Z',
    Status: { Timestamp: timeAgo(75, 'm'), State: 'rejected', Err: 'short' },
  }),
  task('tport', {
    Slot: 3,
    Status: {
      Timestamp: timeAgo(130, 'm'),
      State: 'starting',
      PortStatus: {
        Ports: [
          { Protocol: 'tcp', TargetPort: 80, PublishedPort: 32768, PublishMode: 'host' },
          { Protocol: 'udp', TargetPort: 53, PublishedPort: 32769, PublishMode: 'host' },
        ],
      },
    },
  }),
  task('tglobal', { ServiceID: 'svcglobal', Slot: 0, Spec: { ContainerSpec: { Image: 'busybox' } } }),
  task('tgone', { ServiceID: 'svcgone', NodeID: 'nodegone', Spec: { ContainerSpec: { Image: 'sha256:UPPER' } } }),
  task('tpending', {
    ServiceID: 'svcglobal',
    Slot: 0,
    NodeID: '',
    Spec: { ContainerSpec: { Image: `busybox@sha256:${'cd'.repeat(32)}` } },
    Status: { Timestamp: '1700-01-01T00:00:00Z', State: 'pending' },
  }),
]

/** The responses in which names are looked up. */
const lookups: Replies = {
  'GET /services/svcweb': json({ ID: 'svcweb', Spec: { Name: 'web' } }),
  'GET /services/svcglobal': json({ ID: 'svcglobal', Spec: { Name: 'agent' } }),
  'GET /services/*': failure(404, 'service not found'),
  [`GET /nodes/${leader.ID}`]: json(leader),
  [`GET /nodes/${worker.ID}`]: json(worker),
  'GET /nodes/boss': json(leader),
  'GET /nodes/host9': json(worker),
  'GET /nodes/other': json(other),
  'GET /nodes/gone': failure(404, 'node gone not found'),
  'GET /nodes/*': failure(404, 'node not found'),
  'GET /info': json(info),
}
const withTasks: Replies = { ...lookups, 'GET /tasks': json(tasks) }

const ps: ParityCase[] = [
  ...each(
    ['node', 'ps'],
    [
      [],
      ['self'],
      ['boss', 'host9'],
      ['gone'],
      ['boss', 'gone'],
      ['gone', 'boss', 'missing'],
      ['--no-resolve'],
      ['--no-trunc'],
      ['-q'],
      ['-q', '--no-trunc'],
      ['--no-resolve', '--no-trunc', 'boss'],
      ['-f', 'desired-state=running'],
      ['-f', 'name=web', '--filter', 'node=x', '--filter', 'desired-state=shutdown'],
      ['-f', 'bad'],
      ['--format', 'table'],
      ['--format', 'table', '-q'],
      ['--format', 'raw'],
      ['--format', 'raw', '-q'],
      ['--format', 'json'],
      ['--format', 'json', '-q'],
      ['--format', 'table {{.Name}}\\t{{.Node}}\\t{{.Ports}}'],
      ['--format', 'table {{.Name}}', '-q'],
      ['--format', '{{.ID}} {{.Name}} {{.Image}} {{.Node}} {{.DesiredState}} {{.CurrentState}} {{.Error}} {{.Ports}}'],
      ['--format', '{{json .}}', '--no-trunc'],
      ['--format', '{{upper .Name}}'],
      ['--format', '{{.Nope}}'],
      ['--format', '{{'],
      ['--pretty'],
      [''],
    ],
    { replies: withTasks },
  ),
  { argv: ['node', 'ps'], note: 'tasksFormat', config: { tasksFormat: '{{.Name}}' }, replies: withTasks },
  { argv: ['node', 'ps', '-q'], note: 'tasksFormat', config: { tasksFormat: '{{.Name}}' }, replies: withTasks },
  { argv: ['node', 'ps'], note: 'no tasks', replies: { ...lookups, 'GET /tasks': json([]) } },
  { argv: ['node', 'ps'], note: 'refused', replies: { ...lookups, 'GET /tasks': failure(400, 'bad filter') } },
  ...each(['node', 'ps'], [[], ['boss']], { note: 'outside of a swarm', replies: outside }),
  { argv: ['node', 'ps', '--help'], lenient: helpIsOurs },
]

const listed: Replies = { ...lookups, 'GET /nodes': json([leader, worker, other]) }

const ls: ParityCase[] = [
  ...each(
    ['node', 'ls'],
    [
      [],
      ['-q'],
      ['--filter', 'role=manager', '-f', 'name=host', '-f', 'node.label=a=b'],
      ['-f', 'bad'],
      ['--format', 'table'],
      ['--format', 'table', '-q'],
      ['--format', 'raw'],
      ['--format', 'raw', '-q'],
      ['--format', 'json'],
      ['--format', 'json', '-q'],
      [
        '--format',
        '{{.ID}} {{.Self}} {{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}} {{.EngineVersion}}',
      ],
      ['--format', '{{.Hostname}}: {{.TLSStatus}}'],
      ['--format', 'table {{.ID}} {{if .Self}}*{{else}} {{end}}\\t{{.Hostname}}\\t{{.TLSStatus}}'],
      ['--format', 'table {{.Self}}\\t{{.Hostname}}'],
      ['--format', '{{.Nope}}'],
      ['--format', '{{'],
      ['extra'],
    ],
    { replies: listed },
  ),
  { argv: ['node', 'list'], replies: listed },
  { argv: ['node', 'ls'], note: 'nodesFormat', config: { nodesFormat: '{{.Hostname}}' }, replies: listed },
  { argv: ['node', 'ls', '-q'], note: 'nodesFormat', config: { nodesFormat: '{{.Hostname}}' }, replies: listed },
  { argv: ['node', 'ls'], note: 'none', replies: { 'GET /nodes': json([]) } },
  { argv: ['node', 'ls'], note: 'no info', replies: { 'GET /nodes': json([leader]), 'GET /info': failure(500, 'no') } },
  { argv: ['node', 'ls'], note: 'outside of a swarm', replies: outside },
  {
    argv: ['node', 'ls'],
    note: 'outside of a swarm, according to the ping',
    headers: { Swarm: 'inactive' },
    replies: outside,
  },
]

const inspect: ParityCase[] = [
  ...each(
    ['node', 'inspect'],
    [
      ['self'],
      ['boss', 'host9'],
      ['gone'],
      ['boss', 'gone', 'host9'],
      ['--pretty', 'self'],
      ['--pretty', 'boss', 'host9', 'other'],
      ['--pretty', 'boss', 'gone'],
      ['--format', 'pretty', 'host9'],
      ['--format', 'pretty {{.ID}}', 'host9'],
      ['-f', 'json', 'boss'],
      ['-f', '{{.Status.State}} {{.ManagerStatus.Leader}} {{.Description.Engine.EngineVersion}}', 'boss'],
      ['-f', '{{.ManagerStatus.Leader}}', 'host9'],
      ['-f', '{{range $k, $v := .Spec.Labels}}{{$k}}={{$v}} {{end}}', 'boss'],
      ['-f', '{{.Nope}}', 'boss'],
      ['-f', '{{', 'boss'],
      [''],
      [],
    ],
    { replies: lookups },
  ),
  ...each(['node', 'inspect'], [['self'], ['boss'], ['--pretty', 'self']], {
    note: 'outside of a swarm',
    replies: outside,
  }),
]

const world: Replies = {
  ...lookups,
  'POST /nodes/*': { chunks: [] },
  'DELETE /nodes/gone': failure(404, 'node gone not found'),
  'DELETE /nodes/boss': failure(400, 'rpc error: code = FailedPrecondition desc = node boss is a cluster manager'),
  'DELETE /nodes/*': noContent,
}
const refused: Replies = {
  ...lookups,
  'POST /nodes/*': failure(400, 'rpc error: code = FailedPrecondition desc = attempting to demote the last manager'),
}

const change: ParityCase[] = [
  ...each(
    ['node', 'update'],
    [
      ['host9'],
      ['--availability', 'drain', 'boss'],
      ['--availability', 'Sleepy', 'boss'],
      ['--availability', '', 'boss'],
      ['--role', 'manager', 'host9'],
      ['--role', 'king', 'host9'],
      ['--label-add', 'a=b', '--label-add', 'zone=c', '--label-add', 'bare', 'boss'],
      ['--label-rm', 'zone', '--label-rm', 'disk', 'boss'],
      ['--label-rm', 'nope', 'boss'],
      ['--label-add', 'x=1', '--label-rm', 'x', 'boss'],
      ['--label-add', 'x=1', 'other'],
      ['--label-add', '=1', 'other'],
      ['self'],
      ['gone'],
      ['boss', 'host9'],
      [],
    ],
    { replies: world },
  ),
  { argv: ['node', 'update', '--role', 'worker', 'boss'], note: 'refused', replies: refused },
  ...each(['node', 'promote'], [['host9'], ['boss'], ['boss', 'host9', 'gone', 'other'], ['gone', 'host9'], []], {
    replies: world,
  }),
  ...each(['node', 'demote'], [['boss'], ['host9'], ['host9', 'boss', 'other'], ['gone'], ['self'], []], {
    replies: world,
  }),
  { argv: ['node', 'demote', 'boss', 'other'], note: 'refused', replies: refused },
  ...each(['node', 'rm'], [['host9'], ['-f', 'host9'], ['--force', 'a', 'gone', 'boss', 'b'], ['gone'], [''], []], {
    replies: world,
  }),
  { argv: ['node', 'remove', 'host9'], replies: world },
  ...[
    ['rm', 'host9'],
    ['promote', 'host9'],
    ['demote', 'host9'],
    ['update', '--role', 'worker', 'host9'],
  ].map((tail) => ({ argv: ['node', ...tail], note: 'outside of a swarm', replies: outside })),
  ...'ls inspect update promote demote rm'
    .split(' ')
    .map((verb) => ({ argv: ['node', verb, '--help'], lenient: helpIsOurs })),
]

export const nodes: ParityGroup = { name: 'node', cases: [...ls, ...inspect, ...ps, ...change] }
