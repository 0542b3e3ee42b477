import { PROGRAM } from '../../../cli/argv/usage.ts'
import { type Filters, withFilter } from '../../../domain/filter.ts'
import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { Service } from '../../../domain/service/service.ts'
import type { Engine } from '../../../engine/engine.ts'
import type { Pause } from '../../swarm/progress.ts'
import { type Follower, followerOf } from './follower.ts'
import { remark, step } from './messages.ts'

/** How long a service must stay as it should be unless it says otherwise, in milliseconds. */
const USUAL_MONITOR = 5000
const NANOSECONDS = 1e6

export interface FollowOptions {
  readonly engine: Pick<Engine, 'nodes' | 'services' | 'tasks'>
  now(): Date
  readonly pause: Pause
}

/**
 * Follows a service until its tasks run and have run for a while, or its job is done: what is to be shown, as docker's
 * client shows it (docker/cli progress.ServiceProgress).
 * @throws EngineError, ConnectionError, Error in docker's words where the swarm has given up
 */
export async function* followService(id: string, { engine, now, pause }: FollowOptions): AsyncGenerator<JsonMessage> {
  let follower: Follower | undefined
  let monitor = USUAL_MONITOR
  let convergedAt: number | undefined
  let isRollback = false
  let lastWord: JsonMessage | undefined
  for (;;) {
    const service = await engine.services.inspect(id)
    monitor = (service.Spec?.UpdateConfig?.Monitor ?? 0) / NANOSECONDS || monitor
    follower ??= followerOf(service)
    const { State: state = '', Message: message = '' } = service.UpdateStatus ?? {}
    if (state === 'updating') isRollback = false
    if (state === 'completed' && convergedAt === undefined) return
    if (state === 'paused') throw new Error(`service update paused: ${message}`)
    if (state === 'rollback_paused') throw new Error(`service rollback paused: ${message}`)
    if (state === 'rollback_started' && !isRollback && message !== '') yield step('rollback', message)
    if (state === 'rollback_completed' && convergedAt === undefined) lastWord = remark(message, 'rollback')
    if (state.startsWith('rollback_')) isRollback = true
    if (convergedAt !== undefined && now().getTime() - convergedAt >= monitor) {
      yield step('verify', `Service ${id} converged`)
      if (lastWord) yield lastWord
      return
    }
    const tasks = await engine.tasks.list(upToDate(service))
    const activeNodes = await nodesAtWork(engine)
    const { messages, isConverged } = follower.step({ service, tasks, activeNodes, isRollback })
    yield* messages
    if (isConverged) {
      if (service.JobStatus) {
        yield remark('job complete')
        return
      }
      convergedAt ??= now().getTime()
      const left = monitor - (now().getTime() - convergedAt)
      if (left >= 0) yield step('verify', `Waiting ${wholeSeconds(left)} seconds to verify that tasks are stable...`)
    } else {
      if (convergedAt !== undefined) yield step('verify', 'Detected task failure')
      convergedAt = undefined
    }
    if (await pause()) {
      if (!isConverged) yield* leftBehind(id)
      return
    }
  }
}

/** Seconds for people, begun ones counted: docker's clock has moved on by a little when it looks. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(Math.ceil(milliseconds / 1000), 1)
}

/** The ids of the nodes that are not down. */
async function nodesAtWork({ nodes }: FollowOptions['engine']): Promise<Set<string>> {
  const up = (await nodes.list({})).filter(({ Status }) => Status?.State !== 'down')
  return new Set(up.map(({ ID = '' }) => ID))
}

/** Tasks of the service as it is now, not as it was before an update. */
function upToDate({ ID = '' }: Service): Filters {
  return withFilter(withFilter({}, 'service', ID), '_up-to-date', 'true')
}

function leftBehind(id: string): JsonMessage[] {
  return [
    remark('Operation continuing in background.'),
    remark(`Use \`${PROGRAM} service ps ${id}\` to check progress.`),
  ]
}
