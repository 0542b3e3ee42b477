import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import { rankOf, stateOf, stateText } from './states.ts'

/** More tasks than this are counted only. */
export const MOST_BARS = 20

const ERROR_WIDTH = 75

/** A line that is drawn anew. */
export function step(id: string, text: string): JsonMessage {
  return { id, status: text, progressDetail: {} }
}

/** A line with a bar. */
export function bar(id: string, text: string, current: number, total: number): JsonMessage {
  return { id, status: text, progressDetail: { current, total, hidecounts: true } }
}

/** A line that stays. */
export function remark(text: string, id = ''): JsonMessage {
  return { id, status: text }
}

export function overall(done: number, total: number, isRollback: boolean): JsonMessage {
  const counts = `${done} out of ${total} tasks`
  return step('overall progress', isRollback ? `rolling back update: ${counts}` : counts)
}

/** How far a task is, on the way to as many steps. */
export function taskBar(id: string, task: ServiceTask, steps: number): JsonMessage {
  return bar(id, stateText(task), rankOf(stateOf(task)), steps)
}

/** What went wrong with a task, on one line of a narrow terminal; undefined where nothing did. */
export function taskError(id: string, { Status }: ServiceTask): JsonMessage | undefined {
  const error = Status?.Err ?? ''
  if (error === '') return undefined
  const bytes = Buffer.from(error.replaceAll('\n', ' '))
  return step(id, bytes.length > ERROR_WIDTH ? `${bytes.subarray(0, ERROR_WIDTH - 1).toString()}…` : bytes.toString())
}
