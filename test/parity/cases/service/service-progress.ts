import { failure, json, type Replies, type Reply } from '../../../support/fake-replies.ts'
import { each, type ParityCase, type ParityGroup } from '../../case.ts'
import { plainSpec, service } from './service-update.ts'

const ID = 'svc1'.padEnd(25, '0')
const NODE = 'node1'.padEnd(25, 'n')
/**
 * Long enough that the update is still monitored at the first poll, and short enough that it has ended at the second.
 */
const MONITOR = { Parallelism: 1, Monitor: 1e8, MaxFailureRatio: 0, Order: 'stop-first' }

interface Moment {
  readonly tasks?: readonly object[]
  readonly service?: object
}

const replicated = (Replicas: number) => ({ Replicated: { Replicas } })
const spec = (Mode: object) => ({ ...plainSpec, Mode, UpdateConfig: MONITOR })
const task = (Slot: number, State: string, more: object = {}) => ({
  ...{ ID: `t${Slot}`, ServiceID: ID, NodeID: NODE, Slot, DesiredState: 'running', Status: { State }, ...more },
})
const failed = (Slot: number, State: string, Err: string) => task(Slot, State, { Status: { State, Err } })
const job = (Slot: number, State: string, more: object = {}) =>
  task(Slot, State, { DesiredState: 'complete', JobIteration: { Index: 7 }, ...more })

function replies(mode: object, moments: readonly Moment[], more: Replies = {}): Replies {
  const polls = moments.map(({ service: changes = {} }): Reply => json(service(spec(mode), changes)))
  return {
    'POST /services/create': json({ ID }, 201),
    'POST /services/*': json({}),
    [`GET /services/${ID}`]: polls,
    'GET /services/web': [json(service(spec(mode))), ...polls],
    'GET /tasks': moments.map(({ tasks = [] }) => json(tasks)),
    'GET /nodes': json([
      { ID: NODE, Status: { State: 'ready' } },
      { ID: 'down', Status: { State: 'down' } },
    ]),
    ...more,
  }
}

const follow = (note: string, mode: object, moments: readonly Moment[], more: Replies = {}): ParityCase => ({
  argv: ['service', 'create', '--no-resolve-image', 'busybox'],
  replies: replies(mode, moments, more),
  note,
})
const states = (...names: readonly string[]): Moment[] => names.map((name) => ({ tasks: [task(1, name)] }))
const update = (State: string, Message = '') => ({ UpdateStatus: { State, Message } })

const cases: ParityCase[] = [
  follow('converges at once', replicated(1), states('running')),
  follow('step by step', replicated(1), states('new', 'pending', 'assigned', 'preparing', 'starting', 'running')),
  follow('no replicas', replicated(0), [{}]),
  follow('an error', replicated(1), [
    { tasks: [failed(1, 'pending', 'no suitable node')] },
    { tasks: [failed(1, 'rejected', `a long story of ${'many words '.repeat(12)}\nand lines`)] },
    ...states('running'),
  ]),
  follow('a task fails and is replaced', replicated(1), [
    { tasks: [task(1, 'failed', { DesiredState: 'shutdown' }), task(1, 'ready')] },
    { tasks: [task(1, 'running'), task(1, 'failed', { DesiredState: 'shutdown' })] },
  ]),
  follow('fails after it ran', replicated(1), [...states('running'), ...states('failed', 'starting', 'running')]),
  follow('unknown states', replicated(1), [{ tasks: [task(1, 'orphaned')] }, ...states('running')]),
  follow('a node that is down', replicated(1), [
    { tasks: [task(1, 'running', { NodeID: 'down' })] },
    ...states('running'),
  ]),
  follow('no node assigned yet', replicated(1), [
    { tasks: [task(1, 'pending', { NodeID: '' })] },
    ...states('running'),
  ]),
  follow('more tasks than are drawn', replicated(21), [
    { tasks: [task(1, 'running')] },
    { tasks: Array.from({ length: 21 }, (_, at) => task(at + 1, 'running')) },
  ]),
  follow('global', { Global: {} }, [{}, { tasks: [task(0, 'pending')] }, { tasks: [task(0, 'running')] }]),
  follow('global with an error', { Global: {} }, [
    { tasks: [failed(0, 'failed', 'no such image')] },
    { tasks: [task(0, 'running')] },
  ]),
  follow('a job', { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } }, [
    {
      service: { JobStatus: { JobIteration: { Index: 7 } } },
      tasks: [job(0, 'pending'), job(0, 'complete', { JobIteration: { Index: 6 } })],
    },
    { service: { JobStatus: { JobIteration: { Index: 7 } } }, tasks: [job(0, 'complete')] },
    { service: { JobStatus: { JobIteration: { Index: 7 } } }, tasks: [job(0, 'complete'), job(1, 'running')] },
    { service: { JobStatus: { JobIteration: { Index: 7 } } }, tasks: [job(0, 'complete'), job(1, 'complete')] },
  ]),
  follow("a job's first run", { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 1 } }, [
    { service: { JobStatus: { JobIteration: {} } }, tasks: [job(0, 'running', { JobIteration: {} }), job(0, 'new')] },
    { service: { JobStatus: { JobIteration: {} } }, tasks: [job(0, 'complete', { JobIteration: {} })] },
  ]),
  follow("a global job's first run", { GlobalJob: {} }, [
    { service: { JobStatus: { JobIteration: {} } }, tasks: [job(0, 'complete', { JobIteration: {} })] },
  ]),
  follow('a job that fails once', { ReplicatedJob: { MaxConcurrent: 3, TotalCompletions: 12 } }, [
    {
      service: { JobStatus: { JobIteration: { Index: 7 } } },
      tasks: [job(0, 'failed', { Status: { State: 'failed', Err: 'task: non-zero exit (1)' } })],
    },
    {
      service: { JobStatus: { JobIteration: { Index: 7 } } },
      tasks: Array.from({ length: 12 }, (_, at) => job(at, 'complete')),
    },
  ]),
  follow('a global job', { GlobalJob: {} }, [
    { service: { JobStatus: { JobIteration: { Index: 7 } } } },
    { service: { JobStatus: { JobIteration: { Index: 7 } } }, tasks: [job(0, 'preparing')] },
    { service: { JobStatus: { JobIteration: { Index: 7 } } }, tasks: [job(0, 'complete')] },
  ]),
  follow('no mode', {}, [{}]),
  follow('update completed', replicated(1), [{ service: update('completed'), tasks: [task(1, 'running')] }]),
  follow('updating', replicated(1), [
    { service: update('updating'), tasks: [task(1, 'starting')] },
    { service: update('completed'), tasks: [task(1, 'running')] },
  ]),
  follow('update paused', replicated(1), [
    { tasks: [task(1, 'starting')] },
    { service: update('paused', 'update paused due to failure'), tasks: [task(1, 'failed')] },
  ]),
  follow('rolled back', replicated(1), [
    { service: update('rollback_started', 'update rolled back due to failure'), tasks: [task(1, 'starting')] },
    { service: update('rollback_started', 'update rolled back due to failure'), tasks: [task(1, 'starting')] },
    { service: update('rollback_completed', 'rollback completed'), tasks: [task(1, 'running')] },
  ]),
  follow('rollback paused', replicated(1), [
    { service: update('rollback_paused', 'stuck'), tasks: [task(1, 'failed')] },
  ]),
  follow('the service is removed', replicated(1), [{}], { [`GET /services/${ID}`]: failure(404, 'service not found') }),
  follow('the tasks cannot be listed', replicated(1), [{}], { 'GET /tasks': failure(500, 'broken') }),
  follow('the nodes cannot be listed', replicated(1), [{}], { 'GET /nodes': failure(500, 'broken') }),
  ...each(
    ['service', 'create', '--no-resolve-image', '-q', 'busybox'].slice(0, 3),
    [
      ['-q', 'busybox'],
      ['--detach=false', 'busybox'],
    ],
    {
      replies: replies(replicated(1), states('starting', 'running')),
      note: 'flags',
    },
  ),
  ...each(
    ['service'],
    [
      ['update', '--force', 'web'],
      ['update', '-q', '--force', 'web'],
      ['rollback', 'web'],
      ['rollback', '-q', 'web'],
      ['scale', 'web=1'],
    ],
    { replies: replies(replicated(1), states('starting', 'running')) },
  ),
  {
    argv: ['service', 'scale', 'web=1', 'gone=2'],
    replies: replies(replicated(1), states('running'), {
      'GET /services/gone': failure(404, 'service gone not found'),
    }),
  },
]

export const serviceProgress: ParityGroup = { name: 'service-progress', cases }
