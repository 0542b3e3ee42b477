import { failure, json, noContent, type Replies, timeAgo } from '../../../support/fake-replies.ts'
import { each, helpIsOurs, type ParityCase, type ParityGroup } from '../../case.ts'
import { outside } from '../swarm/nodes.ts'

const label = (stack: string) => ({ 'com.docker.stack.namespace': stack })
const service = (id: string, name: string, stack: string, more: object = {}) => ({
  ID: id,
  Version: { Index: 7 },
  Spec: {
    Name: name,
    Labels: label(stack),
    TaskTemplate: { ContainerSpec: { Image: `busybox:latest@sha256:${'ab'.repeat(32)}` } },
    Mode: { Replicated: { Replicas: 2 } },
  },
  Endpoint: { Ports: [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8080, PublishMode: 'ingress' }] },
  ServiceStatus: { RunningTasks: 1, DesiredTasks: 2 },
  ...more,
})

const services = [
  service('id10', 'shop_web10', 'shop'),
  service('id9', 'shop_web9', 'shop', { Spec: { Name: 'shop_web9', Labels: label('shop'), Mode: { Global: {} } } }),
  service('id1', 'blog_db', 'blog'),
]

const ls: ParityCase[] = [
  ...each(
    ['stack', 'ls'],
    [
      [],
      ['--format', 'table'],
      ['--format', 'json'],
      ['--format', '{{.Name}} {{.Services}}'],
      ['--format', 'table {{.Services}}\\t{{.Name}}'],
      ['--format', '{{json .}}'],
      ['--format', '{{.Nope}}'],
      ['--format', '{{'],
      ['--format', 'raw'],
      ['-q'],
      ['shop'],
    ],
    { replies: { 'GET /services': json(services) } },
  ),
  { argv: ['stack', 'list'], replies: { 'GET /services': json([]) } },
  {
    argv: ['stack', 'ls'],
    note: 'without the label',
    replies: { 'GET /services': json([service('x', 'y', 'z', { Spec: { Labels: {} } })]) },
  },
  { argv: ['stack', 'ls'], note: 'refused', replies: { 'GET /services': failure(500, 'broken') } },
  { argv: ['stack', 'ls'], note: 'outside of a swarm', replies: outside },
  { argv: ['stack', 'ls'], note: 'no daemon', daemon: 'none' },
  { argv: ['stack', 'ls', '--help'], lenient: helpIsOurs },
  { argv: ['stack'], lenient: helpIsOurs },
  { argv: ['stack', '--help'], lenient: helpIsOurs },
  { argv: ['stack', 'bogus'] },
]

const task = (id: string, serviceId: string, slot: number) => ({
  ID: id.padEnd(25, '0'),
  Version: { Index: 3 },
  CreatedAt: '2025-01-02T03:04:05Z',
  Spec: { ContainerSpec: { Image: 'busybox:latest' } },
  ServiceID: serviceId,
  Slot: slot,
  NodeID: 'node1',
  DesiredState: 'running',
  Status: { Timestamp: timeAgo(3.5, 'd'), State: 'running', Message: 'started', PortStatus: {} },
})
const tasks: Replies = {
  'GET /tasks': json([task('ta', 'id10', 1), task('tb', 'id9', 2), task('tc', 'id10', 2)]),
  'GET /services/id10': json(services[0]),
  'GET /services/id9': json(services[1]),
  'GET /nodes/node1': json({ ID: 'node1', Spec: {}, Description: { Hostname: 'host1' } }),
}

const ps: ParityCase[] = [
  ...each(
    ['stack', 'ps'],
    [
      [],
      ['shop'],
      ['shop', 'blog'],
      [''],
      [' \'"'],
      ['-q', 'shop'],
      ['-q', '--no-trunc', 'shop'],
      ['--no-trunc', 'shop'],
      ['--no-resolve', 'shop'],
      ['-f', 'desired-state=running', '--filter', 'name=web', 'shop'],
      ['-f', 'label=x', 'shop'],
      ['-f', 'node=self', 'shop'],
      ['-f', 'bad', 'shop'],
      ['--format', '{{.Name}} {{.Node}}', 'shop'],
      ['--format', 'json', 'shop'],
      ['--format', '{{.Nope}}', 'shop'],
      ['shop', '--format', 'table {{.ID}}'],
    ],
    { replies: tasks },
  ),
  { argv: ['stack', 'ps', 'shop'], note: 'nothing', replies: { 'GET /tasks': json([]) } },
  { argv: ['stack', 'ps', 'shop'], note: 'refused', replies: { 'GET /tasks': failure(400, 'bad filter') } },
  { argv: ['stack', 'ps', 'shop'], note: 'outside of a swarm', replies: outside },
  { argv: ['stack', 'ps', 'shop'], note: 'tasksFormat', config: { tasksFormat: '{{.Name}}' }, replies: tasks },
  { argv: ['stack', 'ps', '--help'], lenient: helpIsOurs },
]

const servicesOfStack: ParityCase[] = [
  ...each(
    ['stack', 'services'],
    [
      [],
      ['shop'],
      ['shop', 'blog'],
      [''],
      ['-q', 'shop'],
      ['--filter', 'name=shop_web9', '-f', 'label=a=b', 'shop'],
      ['-f', 'bad', 'shop'],
      ['--format', '{{.Name}}: {{.Replicas}} {{.Mode}} {{.Image}} {{.Ports}}', 'shop'],
      ['--format', 'json', 'shop'],
      ['--format', 'table', '-q', 'shop'],
      ['--format', '{{.Nope}}', 'shop'],
      ['--bogus', 'shop'],
    ],
    { replies: { 'GET /services': json(services.slice(0, 2)) } },
  ),
  { argv: ['stack', 'services', 'shop'], note: 'nothing', replies: { 'GET /services': json([]) } },
  { argv: ['stack', 'services', '-q', 'shop'], note: 'nothing', replies: { 'GET /services': json([]) } },
  { argv: ['stack', 'services', 'shop'], note: 'refused', replies: { 'GET /services': failure(500, 'broken') } },
  { argv: ['stack', 'services', 'shop'], note: 'outside of a swarm', replies: outside },
  {
    argv: ['stack', 'services', 'shop'],
    note: 'servicesFormat',
    config: { servicesFormat: '{{.Name}}' },
    replies: { 'GET /services': json(services.slice(0, 2)) },
  },
  { argv: ['stack', 'services', '--help'], lenient: helpIsOurs },
]

const objects: Replies = {
  'GET /services': json(services.slice(0, 2)),
  'GET /networks': json([
    { Id: 'net1', Name: 'shop_default' },
    { Id: 'net2', Name: 'shop_back' },
  ]),
  'GET /secrets': json([{ ID: 'sec1', Spec: { Name: 'shop_key' } }]),
  'GET /configs': json([{ ID: 'con1', Spec: { Name: 'shop_site' } }]),
  'DELETE *': noContent,
}
const nothing: Replies = { 'GET *': json([]) }

const rm: ParityCase[] = [
  ...each(
    ['stack', 'rm'],
    [[], ['shop'], ['shop', 'blog'], [''], ['shop', ''], ['-d', 'shop'], ['--detach=true', 'shop'], ['-x', 'shop']],
    { replies: objects },
  ),
  ...each(
    ['stack'],
    [
      ['remove', 'shop'],
      ['down', 'shop'],
      ['rm', 'a', 'b'],
    ],
    { replies: nothing },
  ),
  { argv: ['stack', 'rm', '--detach=false', 'shop'], replies: { ...objects, 'GET /tasks': json([]) } },
  {
    argv: ['stack', 'rm', '--detach=false', 'shop'],
    note: 'tasks refused',
    replies: { ...objects, 'GET /tasks': failure(500, 'broken') },
  },
  {
    argv: ['stack', 'rm', '--detach=false', 'shop'],
    note: 'a task that has ended',
    replies: { ...objects, 'GET /tasks': json([{ ID: 't', Status: { State: 'shutdown' } }]) },
  },
  { argv: ['stack', 'rm', 'shop'], note: 'all refused', replies: { ...objects, 'DELETE *': failure(409, 'in use') } },
  {
    argv: ['stack', 'rm', 'shop', 'shop'],
    note: 'a network refused',
    replies: { ...objects, 'DELETE /networks/net1': failure(403, 'has active endpoints') },
  },
  {
    argv: ['stack', 'rm', 'shop'],
    note: 'only a network',
    replies: { ...nothing, 'GET /networks': json([{ Id: 'n', Name: 'm' }]), 'DELETE *': noContent },
  },
  { argv: ['stack', 'rm', 'shop'], note: 'services refused', replies: { 'GET /services': failure(500, 'broken') } },
  { argv: ['stack', 'rm', 'shop'], note: 'outside of a swarm', replies: outside },
  { argv: ['stack', 'rm', 'shop'], note: 'API 1.29', apiVersion: '1.29', replies: objects },
  { argv: ['stack', 'rm', 'shop'], note: 'API 1.24', apiVersion: '1.24', replies: objects },
  { argv: ['stack', 'rm', '--help'], lenient: helpIsOurs },
]

/** docker completes several stacks in a random order. */
const completions: ParityCase[] = each(
  ['__completeNoDesc', 'stack'],
  [
    [''],
    ['d'],
    ['ps', ''],
    ['ps', 'shop', ''],
    ['rm', ''],
    ['rm', 'shop', ''],
    ['services', 's'],
    ['deploy', ''],
    ['deploy', '--resolve-image', ''],
    ['deploy', '-c', ''],
    ['deploy', '--'],
    ['config', ''],
    ['config', '-c', ''],
    ['ls', ''],
    ['ls', '--format', ''],
    ['ps', '--filter', ''],
    ['services', '--format', ''],
  ],
  { replies: { 'GET /services': json(services.slice(0, 2)) } },
)

export const stacks: ParityGroup = { name: 'stack', cases: [...ls, ...ps, ...servicesOfStack, ...rm, ...completions] }
