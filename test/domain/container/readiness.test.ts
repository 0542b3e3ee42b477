import { expect, test } from 'vitest'
import { type ContainerState, describePending, readinessOf } from '../../../src/domain/container/readiness.ts'

const RUNNING = { Running: true, Paused: false, Restarting: false }
const health = (Status: string) => ({ ...RUNNING, Health: { Status } })

test.each<[string, ContainerState, string]>([
  ['running', RUNNING, 'ready'],
  ['running, with its health check disabled', health('none'), 'ready'],
  ["running, with podman's empty health", health(''), 'ready'],
  ['starting', health('starting'), 'pending'],
  ['healthy', health('healthy'), 'ready'],
  ['unhealthy', health('unhealthy'), 'unhealthy'],
  ['healthy and paused', { ...health('healthy'), Paused: true }, 'pending'],
  ['paused', { ...RUNNING, Paused: true }, 'pending'],
  ['restarting after it was unhealthy', { ...health('unhealthy'), Restarting: true }, 'pending'],
  [
    'unhealthy after a pause, as Engine 28 says',
    { ...RUNNING, Health: { Status: 'unhealthy', FailingStreak: 1 } },
    'pending',
  ],
  ['unhealthy and paused', { ...health('unhealthy'), Paused: true }, 'pending'],
  ['unhealthy after three failures', { ...RUNNING, Health: { Status: 'unhealthy', FailingStreak: 3 } }, 'unhealthy'],
  ['ended', { ...RUNNING, Running: false }, 'ended'],
  ['ended while healthy', { ...health('healthy'), Running: false }, 'ended'],
])('a container that is %s', (_, state, readiness) => {
  expect(readinessOf(state)).toBe(readiness)
})

test('the number of failures that make a container unhealthy is that of its health check', () => {
  const failing = { ...RUNNING, Health: { Status: 'unhealthy', FailingStreak: 1 } }
  expect([readinessOf(failing, 1), readinessOf(failing, 2), readinessOf(failing, 0)]).toEqual([
    'unhealthy',
    'pending',
    'pending',
  ])
})

test.each<[ContainerState, string]>([
  [health('starting'), 'not healthy (starting)'],
  [{ ...health('healthy'), Paused: true }, 'not healthy (paused)'],
  [{ ...RUNNING, Restarting: true }, 'not running (restarting)'],
])('describes what a pending container is not: %j', (state, text) => {
  expect(describePending(state)).toBe(text)
})
