import { describe, expect, test } from 'vitest'
import { followService } from '../../../../src/actions/service/progress/follow.ts'
import type { JsonMessage } from '../../../../src/domain/image/json-message.ts'
import { NodeApi } from '../../../../src/engine/api/nodes.ts'
import { ServiceApi } from '../../../../src/engine/api/services.ts'
import { TaskApi } from '../../../../src/engine/api/tasks.ts'
import { Connection } from '../../../../src/engine/connection.ts'

interface TaskState {
  readonly state: string
  readonly error?: string
}

/** Returns an engine whose service has one task, which goes through these states. */
function engineWith(states: readonly TaskState[]) {
  const connection = new Connection({
    endpoint: { host: 'unix:///nowhere', address: { kind: 'unix', path: '/nowhere' } },
  })
  let at = 0
  const services = new ServiceApi(connection)
  services.inspect = async () => ({ ID: 'svc', Spec: { Mode: { Replicated: { Replicas: 1 } } } })
  const nodes = new NodeApi(connection)
  nodes.list = async () => [{ ID: 'node', Status: { State: 'ready' } }]
  const tasks = new TaskApi(connection)
  tasks.list = async () => {
    const { state: State = '', error: Err = '' } = states[Math.min(at++, states.length - 1)] ?? {}
    return [{ ID: 't', NodeID: 'node', Slot: 1, DesiredState: 'running', Status: { State, Err } }]
  }
  return { services, nodes, tasks }
}

/** Returns the messages. Between two requests a second passes, and Ctrl-C comes after `patience` seconds. */
async function messagesFor(states: readonly TaskState[], patience = 100): Promise<string[]> {
  let seconds = 0
  const options = {
    engine: engineWith(states),
    now: () => new Date(1000 * seconds),
    pause: async () => {
      seconds++
      return seconds >= patience
    },
  }
  const messages: JsonMessage[] = []
  for await (const message of followService('svc', options)) messages.push(message)
  return messages.map(({ id, status }) => (id ? `${id}: ${status}` : `${status}`))
}

const BEGIN = ['overall progress: 0 out of 1 tasks', '1/1:  ']
const stable = (seconds: number) => `verify: Waiting ${seconds} seconds to verify that tasks are stable...`

// The texts are those of docker 28.2.
describe('followService', () => {
  test('waits until the task has run for five seconds', async () => {
    expect(await messagesFor([{ state: 'running' }])).toEqual([
      ...BEGIN,
      '1/1: running  ',
      'overall progress: 1 out of 1 tasks',
      ...[5, 4, 3, 2, 1].map(stable),
      'verify: Service svc converged',
    ])
  })

  test('starts the wait again if the task fails', async () => {
    const lines = await messagesFor([
      { state: 'running' },
      { state: 'failed', error: 'task: non-zero exit (1)' },
      { state: 'running' },
    ])
    expect(lines.slice(4, 11)).toEqual([
      stable(5),
      '1/1: task: non-zero exit (1)',
      'overall progress: 0 out of 1 tasks',
      'verify: Detected task failure',
      '1/1: running  ',
      'overall progress: 1 out of 1 tasks',
      stable(5),
    ])
  })

  test('points to `service ps` on Ctrl-C', async () => {
    expect(await messagesFor([{ state: 'pending', error: 'no suitable node' }], 1)).toEqual([
      ...BEGIN,
      '1/1: no suitable node',
      'overall progress: 0 out of 1 tasks',
      'Operation continuing in background.',
      'Use `tug service ps svc` to check progress.',
    ])
  })

  test('ends silently on Ctrl-C if the service has converged', async () => {
    expect((await messagesFor([{ state: 'running' }], 1)).at(-1)).toBe(stable(5))
  })
})
