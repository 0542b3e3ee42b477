import { type Frame, failure, json, type Replies } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { plainSpec, service } from './service-update.ts'

const NODE = 'node1'.padEnd(25, 'n')
const SERVICE = 'svc1'.padEnd(25, '0')
const task = (number: number) => `task${number}`.padEnd(25, 't')

const origin = (of: string) =>
  `com.docker.swarm.node.id=${NODE},com.docker.swarm.service.id=${SERVICE},com.docker.swarm.task.id=${of}`
const out = (text: string): Frame => ({ stdout: text })
const error = (text: string): Frame => ({ stderr: text })

const described = (slot: number, more: object = {}) =>
  json({
    ID: task(slot),
    ServiceID: SERVICE,
    Slot: slot,
    NodeID: NODE,
    Spec: { ContainerSpec: { Image: 'a' } },
    ...more,
  })

function replies(frames: readonly Frame[], more: Replies = {}): Replies {
  return {
    'GET /services/web': json(service({ ...plainSpec, Mode: { Replicated: { Replicas: 12 } } })),
    [`GET /services/${SERVICE}`]: json(service(plainSpec)),
    'GET /services/web/logs': { frames },
    [`GET /tasks/${task(1)}/logs`]: { frames },
    [`GET /tasks/${task(1)}`]: described(1),
    [`GET /tasks/${task(12)}`]: described(12),
    [`GET /nodes/${NODE}`]: json({ ID: NODE, Spec: { Name: '' }, Description: { Hostname: 'vm' } }),
    'GET /services/*': failure(404, 'service not found'),
    'GET /tasks/*': failure(404, 'task not found'),
    ...more,
  }
}

const LINES: readonly Frame[] = [
  out(`${origin(task(1))} hello\n`),
  error(`${origin(task(12))},tag=x%20y,a%3Db=c%2Cd oh no\n`),
  out(`${origin(task(1))} two words  \n`),
  out(`${origin(task(1))} \n`),
  out(`${origin(task(12))} no end`),
]
const TIMED = LINES.map((frame): Frame => {
  const stamp = (text: string) => `2024-01-02T03:04:05.678901234Z ${text}`
  return 'stdout' in frame ? out(stamp(frame.stdout)) : 'stderr' in frame ? error(stamp(frame.stderr)) : frame
})

const FLAGS: readonly (readonly string[])[] = [
  ['web'],
  ['--no-task-ids', 'web'],
  ['--no-trunc', 'web'],
  ['--no-trunc', '--no-task-ids', 'web'],
  ['--no-resolve', 'web'],
  ['--details', 'web'],
  ['--raw', 'web'],
  ['--raw', '--details', 'web'],
  ['-f', '-n', '5', 'web'],
  ['--tail=all', '--since', '2024-01-02T03:04:05Z', 'web'],
  ['--tail', 'x', '--since', '1700000000.5', 'web'],
  [task(1)],
  ['--raw', task(1)],
]

const REFUSED: readonly (readonly string[])[] = [
  ['--since', 'x', 'web'],
  ['gone'],
  [],
  ['a', 'b'],
  [''],
  ['--bogus', 'web'],
  ['--until', '5m', 'web'],
]

const odd = (note: string, frames: readonly Frame[], more: Replies = {}, argv: readonly string[] = []): ParityCase => ({
  argv: ['service', 'logs', ...argv, 'web'],
  replies: replies(frames, more),
  note,
})

const cases: ParityCase[] = [
  ...each(['service', 'logs'], FLAGS, { replies: replies(LINES) }),
  ...each(
    ['service', 'logs'],
    [
      ['-t', 'web'],
      ['--timestamps', '--details', 'web'],
      ['-t', '--raw', 'web'],
    ],
    {
      replies: replies(TIMED),
    },
  ),
  ...each(['service', 'logs'], REFUSED, { replies: replies(LINES) }),
  odd('no details', [out('hello\n')]),
  odd('no origin', [...LINES.slice(0, 1), out('a=b hello\n')]),
  odd('no task id', [out(`com.docker.swarm.node.id=${NODE},com.docker.swarm.service.id=${SERVICE} hello\n`)]),
  odd('no service id', [out(`com.docker.swarm.node.id=${NODE},x=y hello\n`)]),
  odd('invalid details', [out('com.docker.swarm.node.id hello\n')]),
  odd('an invalid escape', [out('com.docker.swarm.node.id=%zz hello\n')]),
  odd('no timestamp', [out('hello\n')], {}, ['-t']),
  odd('the daemon fails', [...LINES.slice(0, 1), { error: 'broken' }]),
  odd('nothing', []),
  odd('a node with a name', LINES.slice(0, 1), { [`GET /nodes/${NODE}`]: json({ ID: NODE, Spec: { Name: 'named' } }) }),
  odd('a removed node', LINES.slice(0, 1), { [`GET /nodes/${NODE}`]: failure(404, 'no node') }),
  odd('a removed service', LINES.slice(0, 1), { [`GET /services/${SERVICE}`]: failure(404, 'no service') }),
  odd('a removed task', LINES.slice(0, 1), { [`GET /tasks/${task(1)}`]: failure(404, 'no task') }),
  odd('a global service', LINES, { 'GET /services/web': json(service({ ...plainSpec, Mode: { Global: {} } })) }),
  ...[[], ['--raw']].map((flags) =>
    odd(
      'a terminal',
      [],
      {
        'GET /services/web': json(
          service({ ...plainSpec, TaskTemplate: { ContainerSpec: { Image: 'a', TTY: true }, ForceUpdate: 0 } }),
        ),
        'GET /services/web/logs': { chunks: ['plain\r\n', 'bytes'] },
      },
      flags,
    ),
  ),
  {
    argv: ['service', 'logs', task(1)],
    replies: replies(LINES, { [`GET /tasks/${task(1)}`]: described(1, { Spec: { ContainerSpec: { TTY: true } } }) }),
    note: 'a terminal',
  },
  odd('the logs fail', [], { 'GET /services/web/logs': failure(501, 'not available') }),
  odd('the daemon sends invalid JSON', [], { 'GET /services/web': failure(500, 'broken') }),
]

export const serviceLogs: ParityGroup = { name: 'service-logs', cases }
