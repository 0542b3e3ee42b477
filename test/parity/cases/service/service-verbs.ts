import { failure, json, noContent, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { fullSpec, plainSpec, service } from './service-update.ts'

const port = (TargetPort: number, PublishedPort: number, Protocol = 'tcp', PublishMode = 'ingress') => ({
  ...{ Protocol, TargetPort, PublishedPort, PublishMode },
})
const mode = (Name: string, Mode: object, more: object = {}) =>
  service({ ...plainSpec, Name, Mode }, { ID: `id-${Name}`.padEnd(25, '0'), ...more })
const status = (RunningTasks: number, DesiredTasks: number, CompletedTasks = 0) => ({
  ServiceStatus: { RunningTasks, DesiredTasks, CompletedTasks },
})

const listed = [
  mode('web10', { Replicated: { Replicas: 3 } }, { ...status(1, 3), Endpoint: { Ports: [port(80, 8080)] } }),
  mode('web2', { Global: {} }, status(2, 2)),
  mode('job', { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 9 } }, status(2, 2, 4)),
  mode('gjob', { GlobalJob: {} }, status(1, 1, 2)),
  mode('none', {}),
  mode('Web', { Replicated: { Replicas: 1 } }, status(0, 1)),
  service(
    { ...fullSpec, Name: 'all' },
    {
      ...status(2, 3),
      Endpoint: {
        Ports: [
          ...[port(81, 8081), port(80, 8080), port(82, 8082), port(90, 9000), port(90, 9001), port(91, 9002)],
          ...[port(53, 53, 'udp'), port(54, 54, 'udp', 'host'), port(55, 0), port(80, 7000), port(80, 7001)],
          ...[port(10, 5000, 'sctp'), port(9, 5001, 'sctp')],
        ],
      },
    },
  ),
  service(
    {
      ...plainSpec,
      Name: 'pinned',
      TaskTemplate: { ...plainSpec.TaskTemplate, ContainerSpec: { Image: `busybox:1@sha256:${'ab'.repeat(32)}` } },
    },
    status(0, 1),
  ),
  service(
    {
      ...plainSpec,
      Name: 'digest',
      TaskTemplate: { ...plainSpec.TaskTemplate, ContainerSpec: { Image: `a/b@sha256:${'ab'.repeat(32)}` } },
    },
    status(0, 1),
  ),
  service({ ...plainSpec, Name: 'odd', TaskTemplate: { ContainerSpec: { Image: 'NOT AN IMAGE' } } }, status(0, 1)),
  service({ ...plainSpec, Name: 'plugin', TaskTemplate: { Runtime: 'plugin' } }, status(0, 1)),
]

const LS: readonly (readonly string[])[] = [
  [],
  ['-q'],
  ['--quiet', '--format', 'table'],
  ['--format', 'json'],
  ['--format', '{{json .}}'],
  ['--format', '{{.ID}}|{{.Name}}|{{.Mode}}|{{.Replicas}}|{{.Image}}|{{.Ports}}'],
  ['--format', 'table {{.Name}}\\t{{.Replicas}}\\t{{.Ports}}'],
  ['--format', 'table'],
  ['--format', 'raw'],
  ['--format', 'raw', '-q'],
  ['--format', '{{.Name}}', '-q'],
  ['--format', '{{upper .Name}} {{len .Ports}}'],
  ['--format', '{{.Nope}}'],
  ['--format', '{{'],
  ['--format', '{{.Label "x"}}'],
  ['-f', 'name=web'],
  ['-f', 'name=web', '--filter', 'mode=global', '-f', 'label=a=b'],
  ['-f', 'x'],
  ['x'],
  ['--bogus'],
]

const ls: ParityCase[] = [
  ...each(['service', 'ls'], LS, { replies: { 'GET /services': json(listed) } }),
  ...each(['service', 'ls'], [[], ['-q'], ['--format', 'json'], ['--format', 'table {{.ID}}']], {
    replies: { 'GET /services': json([]) },
    note: 'none',
  }),
  ...each(['service', 'list'], [[]], { replies: { 'GET /services': json(null) } }),
  ...each(['service', 'ls'], [[], ['-q'], ['--format', '{{.ID}}']], {
    config: { servicesFormat: '{{.Name}}!' },
    replies: { 'GET /services': json(listed) },
    note: 'servicesFormat',
  }),
  {
    argv: ['service', 'ls'],
    replies: { 'GET /services': failure(503, 'This node is not a swarm manager.') },
    note: 'no manager',
  },
  { argv: ['service', 'ls'], replies: { 'GET /services': json({}) }, note: 'no list' },
]

const networks: Replies = {
  'GET /networks/net-front': json({ Id: 'net-front', Name: 'front' }),
  'GET /networks/net-zone': failure(404, 'network net-zone not found'),
}
const inspected: Replies = {
  'GET /services/web': json(service(plainSpec)),
  'GET /services/full': json(
    service(
      {
        ...fullSpec,
        TaskTemplate: {
          ...fullSpec.TaskTemplate,
          ContainerSpec: {
            ...fullSpec.TaskTemplate.ContainerSpec,
            Configs: fullSpec.TaskTemplate.ContainerSpec.Configs.slice(0, 1),
          },
          LogDriver: { Name: 'json-file', Options: { 'max-size': '1m', flag: '' } },
        },
        Labels: { b: '', a: '<x>' },
      },
      {
        Endpoint: { Spec: fullSpec.EndpointSpec, Ports: fullSpec.EndpointSpec.Ports },
        UpdateStatus: {
          State: 'completed',
          StartedAt: '2020-01-01T00:00:00Z',
          CompletedAt: '2020-02-01T00:00:00Z',
          Message: 'update completed',
        },
      },
    ),
  ),
  'GET /services/cred': json(service(fullSpec)),
  'GET /services/global': json(
    mode('global', { Global: {} }, { UpdateStatus: { State: 'updating', StartedAt: '2020-01-01T00:00:00Z' } }),
  ),
  'GET /services/job': json(mode('job', { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 9 } })),
  'GET /services/pids': json(
    service({
      ...plainSpec,
      TaskTemplate: {
        ContainerSpec: {
          Image: 'a',
          Args: ['x', 'y'],
          CapabilityDrop: ['CAP_KILL'],
          Healthcheck: { Retries: 1, Interval: 1.5e9, StartPeriod: 1e6, Timeout: 61e9 },
        },
        Resources: { Limits: { Pids: 5 } },
        LogDriver: { Options: { a: 'b' } },
        Placement: { MaxReplicas: 3 },
      },
      UpdateConfig: { Parallelism: 0, Delay: 1e9, MaxFailureRatio: 0.00001, Order: '' },
    }),
  ),
  'GET /services/*': failure(404, 'service gone not found'),
  ...networks,
}

const INSPECT: readonly (readonly string[])[] = [
  ['web'],
  ['full'],
  ['web', 'full'],
  ['web', 'gone', 'full'],
  ['gone'],
  ['gone', 'lost'],
  ['--pretty', 'web'],
  ['--pretty', 'full'],
  ['--pretty', 'global', 'job'],
  ['--pretty', 'pids'],
  ['--pretty', 'cred'],
  ['--pretty', 'web', 'gone'],
  ['--pretty', 'gone', 'web'],
  ['-f', 'pretty', 'web'],
  ['-f', 'pretty x', 'web'],
  ['-f', 'raw', 'web'],
  ['-f', 'raw{{.ID}}', 'web'],
  ['-f', 'json', 'web'],
  ['-f', '{{json .Spec.TaskTemplate}}', 'full'],
  ['--format', '{{.ID}} {{.Spec.Name}} {{.Spec.Mode.Replicated.Replicas}}', 'web', 'full'],
  ['--format', '{{.Spec.Name}}', 'web', 'gone'],
  ['--format', '{{.Nope}}', 'web'],
  ['--format', '{{', 'web'],
  ['--format', '{{.Spec.TaskTemplate.ContainerSpec.StopGracePeriod}}', 'full'],
  ['--pretty', '-f', 'json', 'web'],
  ['--pretty=false', 'web'],
  ['--bogus', 'web'],
  [],
  [''],
]

const inspect: ParityCase[] = [
  ...each(['service', 'inspect'], INSPECT, { replies: inspected }),
  ...each(['service', 'inspect'], [['web'], ['-f', 'json', 'web'], ['--pretty', 'web']], {
    replies: inspected,
    config: { serviceInspectFormat: '{{.ID}}!' },
    note: 'serviceInspectFormat',
  }),
  {
    argv: ['service', 'inspect', 'web'],
    replies: inspected,
    config: { serviceInspectFormat: 'pretty' },
    note: 'pretty in config.json',
  },
  { argv: ['service', 'inspect', 'web'], replies: { 'GET /services/web': failure(500, 'broken') }, note: 'broken' },
  {
    argv: ['service', 'inspect', '--pretty', 'web', 'x'],
    replies: { 'GET /services/web': failure(500, 'broken') },
    note: 'broken',
  },
]

const rm: ParityCase[] = [
  ...each(['service', 'rm'], [['a'], ['a', 'b'], ['a', 'gone', 'b', 'lost'], ['gone']], {
    replies: {
      'DELETE /services/gone': failure(404, 'service gone not found'),
      'DELETE /services/lost': failure(500, 'broken'),
      'DELETE /services/*': noContent,
    },
  }),
  ...each(['service', 'remove'], [['a'], []], { replies: { 'DELETE /services/*': noContent } }),
  ...each(['service', 'rm'], [[], [''], ['--bogus', 'a'], ['-f', 'a'], ['a/b'], [' a ']], {
    replies: { 'DELETE /services/*': noContent },
    note: 'odd',
  }),
]

const scaled: Replies = {
  'GET /services/web': json(service(fullSpec)),
  'GET /services/job': json(mode('job', { ReplicatedJob: { MaxConcurrent: 2, TotalCompletions: 9 } })),
  'GET /services/global': json(mode('global', { Global: {} })),
  'GET /services/*': failure(404, 'service gone not found'),
  'POST /services/id-job*': json({ Warnings: ['careful'] }),
  'POST /services/*': json({}),
}

const summaryIsOurs = {
  stderr: { compare: 'first-line', because: "the command's summary is our own wording" },
} as const

const scale: ParityCase[] = each(
  ['service', 'scale', '-d'],
  [
    ['web=5'],
    ['web=0', 'job=3'],
    ['web=1', 'gone=2', 'global=3', 'job=x', 'web=-1', 'web=99999999999999999999'],
    ['web=0x5'],
    ['web=+5'],
    ['web=007'],
    ['web= 5'],
    ['web=1=2'],
    [],
    ['--bogus', 'web=1'],
  ],
  { replies: scaled },
)

const scaleRefused = each(['service', 'scale', '-d'], [['web'], ['web='], ['=5'], ['web=1', 'job']], {
  replies: scaled,
  lenient: summaryIsOurs,
})

const rollback: ParityCase[] = [
  ...each(['service', 'rollback', '-d'], [['web'], ['-q', 'web'], ['gone'], [], ['a', 'b'], [''], ['--bogus', 'web']], {
    replies: scaled,
  }),
  { argv: ['service', 'rollback', '-d', 'job'], replies: scaled, note: 'warning' },
  {
    argv: ['service', 'rollback', '-d', 'web'],
    replies: { ...scaled, 'POST /services/*': failure(500, 'service svc does not have a previous spec') },
    note: 'no previous spec',
  },
]

const state = (State: string, more: object = {}) => ({ Timestamp: '2020-01-02T03:04:05Z', State, ...more })
const tasks = [
  {
    ...{ ID: 't1'.padEnd(25, '1'), ServiceID: 'svc1', NodeID: 'n1', Slot: 1, DesiredState: 'running' },
    ...{ CreatedAt: '2020-01-01T00:00:00Z', Status: state('running'), Spec: { ContainerSpec: { Image: 'busybox:1' } } },
  },
  {
    ...{ ID: 't0'.padEnd(25, '1'), ServiceID: 'svc1', NodeID: 'n1', Slot: 1, DesiredState: 'shutdown' },
    CreatedAt: '2019-01-01T00:00:00Z',
    Status: state('failed', { Err: 'task: non-zero exit (1)' }),
    Spec: { ContainerSpec: { Image: 'busybox:1' } },
  },
]
const withName = (ID: string, Name: string) => ({ ID, Spec: { Name } })
const withTasks: Replies = {
  'GET /services': [
    json([withName('svc1', 'other'), withName('svcweb', 'third'), withName('svcx', 'fourth')]),
    json([withName('svc2', 'web'), withName('svc3', 'web2')]),
  ],
  'GET /services/*': json(service(plainSpec)),
  'GET /nodes/*': json({ ID: 'n1', Description: { Hostname: 'vm' } }),
  'GET /tasks': json(tasks),
  'GET /info': json({ Swarm: { NodeID: 'n1' } }),
}

const PS: readonly (readonly string[])[] = [
  ['web'],
  ['svc1'],
  ['svcw'],
  ['svc'],
  ['gone'],
  ['web', 'gone', 'lost', 'svc1'],
  ['gone', 'lost'],
  ['-q', 'web'],
  ['--no-trunc', 'web'],
  ['--no-resolve', 'web'],
  ['-f', 'desired-state=running', '-f', 'node=self', 'web'],
  ['-f', 'node=n7', '-f', 'node=self', 'web'],
  ['-f', 'x', 'web'],
  ['--format', '{{.Name}} {{.Node}} {{.Error}}', 'web'],
  ['--format', '{{json .}}', 'web'],
  ['--format', 'table {{.ID}}\\t{{.Name}}', '--no-trunc', 'web'],
  ['-q', '--format', '{{.Name}}', 'web'],
  [],
  ['--bogus', 'web'],
]

const ps: ParityCase[] = [
  ...each(['service', 'ps'], PS, { replies: withTasks }),
  ...each(['service', 'ps'], [['web'], ['-q', 'web']], {
    replies: withTasks,
    config: { tasksFormat: '{{.ID}}!' },
    note: 'tasksFormat',
  }),
  { argv: ['service', 'ps', 'web'], replies: { ...withTasks, 'GET /tasks': json([]) }, note: 'no tasks' },
  { argv: ['service', 'ps', 'web'], replies: { 'GET /services': failure(503, 'no manager') }, note: 'no manager' },
]

export const serviceVerbs: ParityGroup = {
  name: 'service',
  cases: [...ls, ...inspect, ...rm, ...scale, ...scaleRefused, ...rollback, ...ps],
}
