/** What all progress updaters have in common: their interface, and the lines that they show. */
import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { Service, ServiceTask } from '../../../domain/service/service.ts'
import { paddedState, stateRank, taskState } from './task-states.ts'

/** A service and its tasks at one moment. */
export interface Snapshot {
  readonly service: Service
  readonly tasks: readonly ServiceTask[]
  /** The ids of the nodes that are not down. */
  readonly activeNodes: ReadonlySet<string>
  readonly isRollback: boolean
}

/** The lines to show for a snapshot, and whether the service has converged. */
export interface Update {
  readonly messages: readonly JsonMessage[]
  readonly isConverged: boolean
}

/** Compares a service with its goal, snapshot by snapshot (docker/cli progress.progressUpdater). */
export interface ProgressUpdater {
  /** @throws Error with docker's message if the service's mode has changed */
  update(snapshot: Snapshot): Update
}

/** With more tasks than this, only their number is shown. */
export const MAX_BARS = 20

const ERROR_WIDTH = 75

/** A line that later messages with the same id replace. */
export function statusLine(id: string, text: string): JsonMessage {
  return { id, status: text, progressDetail: {} }
}

/** A line with a progress bar. */
export function barLine(id: string, text: string, current: number, total: number): JsonMessage {
  return { id, status: text, progressDetail: { current, total, hidecounts: true } }
}

/** A line that stays. */
export function permanentLine(text: string, id = ''): JsonMessage {
  return { id, status: text }
}

export function overallLine(done: number, total: number, isRollback: boolean): JsonMessage {
  const counts = `${done} out of ${total} tasks`
  return statusLine('overall progress', isRollback ? `rolling back update: ${counts}` : counts)
}

/** Shows how many of the steps to its goal a task has done. */
export function taskBar(id: string, task: ServiceTask, steps: number): JsonMessage {
  return barLine(id, paddedState(task), stateRank(taskState(task)), steps)
}

/** Shows a task's error, cut to one line; undefined if it has none. */
export function taskError(id: string, { Status }: ServiceTask): JsonMessage | undefined {
  const error = Status?.Err ?? ''
  if (error === '') return undefined
  const bytes = Buffer.from(error.replaceAll('\n', ' '))
  const text = bytes.length > ERROR_WIDTH ? `${bytes.subarray(0, ERROR_WIDTH - 1).toString()}…` : bytes.toString()
  return statusLine(id, text)
}
