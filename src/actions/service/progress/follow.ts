/** Waits until a service has converged on its desired state, and shows its progress. */

import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import { type Filters, withFilter } from '../../../domain/filter.ts'
import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { Service } from '../../../domain/service/service.ts'
import type { Engine } from '../../../engine/engine.ts'
import { type Pause, showProgress } from '../../swarm/progress.ts'
import { GlobalJobUpdater, ReplicatedJobUpdater } from './jobs.ts'
import { GlobalUpdater, ReplicatedUpdater } from './services.ts'
import { type ProgressUpdater, permanentLine, statusLine } from './updater.ts'

/** How long a service has to stay converged unless its spec has another period, in milliseconds. */
const DEFAULT_MONITOR_MS = 5000
const NANOSECONDS_PER_MS = 1e6

export interface FollowOptions {
  readonly engine: Pick<Engine, 'nodes' | 'services' | 'tasks'>
  now(): Date
  readonly pause: Pause
}

/**
 * Waits until a service has converged, and shows its progress.
 * @param isQuiet whether nothing is shown
 * @throws EngineError, ConnectionError, Error with docker's message if the swarm paused the update
 */
export async function waitForService(id: string, isQuiet: boolean, cli: Cli): Promise<void> {
  const { engine, now } = cli
  await showProgress((pause) => followService(id, { engine, now, pause }), isQuiet, cli)
}

/**
 * Follows a service until its tasks have been running for the monitor period, or its job is complete. Yields the
 * messages that docker's client shows (docker/cli progress.ServiceProgress).
 * @throws EngineError, ConnectionError, Error with docker's message if the swarm paused the update
 */
export async function* followService(id: string, { engine, now, pause }: FollowOptions): AsyncGenerator<JsonMessage> {
  let updater: ProgressUpdater | undefined
  let monitor = DEFAULT_MONITOR_MS
  let convergedAt: number | undefined
  let isRollback = false
  let finalMessage: JsonMessage | undefined
  for (;;) {
    const service = await engine.services.inspect(id)
    monitor = Number(service.Spec?.UpdateConfig?.Monitor ?? 0) / NANOSECONDS_PER_MS || monitor
    updater ??= updaterFor(service)
    const { State: state = '', Message: message = '' } = service.UpdateStatus ?? {}
    if (state === 'updating') isRollback = false
    if (state === 'completed' && convergedAt === undefined) return
    if (state === 'paused') throw new Error(`service update paused: ${message}`)
    if (state === 'rollback_paused') throw new Error(`service rollback paused: ${message}`)
    if (state === 'rollback_started' && !isRollback && message !== '') yield statusLine('rollback', message)
    if (state === 'rollback_completed' && convergedAt === undefined) finalMessage = permanentLine(message, 'rollback')
    if (state.startsWith('rollback_')) isRollback = true
    if (convergedAt !== undefined && now().getTime() - convergedAt >= monitor) {
      yield statusLine('verify', `Service ${id} converged`)
      if (finalMessage) yield finalMessage
      return
    }
    const tasks = await engine.tasks.list(currentTasks(service))
    const activeNodes = await activeNodeIds(engine)
    const { messages, isConverged } = updater.update({ service, tasks, activeNodes, isRollback })
    yield* messages
    if (isConverged) {
      if (service.JobStatus) {
        yield permanentLine('job complete')
        return
      }
      convergedAt ??= now().getTime()
      const left = monitor - (now().getTime() - convergedAt)
      if (left >= 0) {
        yield statusLine('verify', `Waiting ${wholeSeconds(left)} seconds to verify that tasks are stable...`)
      }
    } else {
      if (convergedAt !== undefined) yield statusLine('verify', 'Detected task failure')
      convergedAt = undefined
    }
    if (await pause()) {
      if (!isConverged) yield* backgroundNotice(id)
      return
    }
  }
}

/** Returns the progress updater for a service's mode. @throws Error with docker's message for an unknown mode */
function updaterFor({ Spec, JobStatus }: Service): ProgressUpdater {
  const { Replicated, Global, ReplicatedJob, GlobalJob } = Spec?.Mode ?? {}
  if ((Replicated?.Replicas ?? undefined) !== undefined) return new ReplicatedUpdater()
  if (Global) return new GlobalUpdater()
  if (ReplicatedJob) {
    const { MaxConcurrent, TotalCompletions } = ReplicatedJob
    return new ReplicatedJobUpdater(
      Number(MaxConcurrent ?? 0),
      Number(TotalCompletions ?? 0),
      JobStatus?.JobIteration?.Index ?? 0,
    )
  }
  if (GlobalJob) return new GlobalJobUpdater()
  throw new Error('unrecognized service mode')
}

/** Rounds up to seconds, at least 1, since some time has passed before docker's client computes them. */
function wholeSeconds(milliseconds: number): number {
  return Math.max(Math.ceil(milliseconds / 1000), 1)
}

/** Returns the ids of the nodes that are not down. */
async function activeNodeIds({ nodes }: FollowOptions['engine']): Promise<Set<string>> {
  const active = (await nodes.list({})).filter(({ Status }) => Status?.State !== 'down')
  return new Set(active.map(({ ID = '' }) => ID))
}

/** Selects the tasks of the service's current spec, without those from before an update. */
function currentTasks({ ID = '' }: Service): Filters {
  return withFilter(withFilter({}, 'service', ID), '_up-to-date', 'true')
}

function backgroundNotice(id: string): JsonMessage[] {
  return [
    permanentLine('Operation continuing in background.'),
    permanentLine(`Use \`${programName()} service ps ${id}\` to check progress.`),
  ]
}
