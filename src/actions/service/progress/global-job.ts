import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import type { Follower, Moment, Step } from './follower.ts'
import { bar, MOST_BARS, step, taskBar, taskError } from './messages.ts'
import { padded } from './replicated-job.ts'
import { COMPLETE, isOfRun, rankOf, stateOf } from './states.ts'

/** Follows a job on the nodes that have a task of it at first (docker/cli progress.globalJobProgressUpdater). */
export class GlobalJobFollower implements Follower {
  #nodes: ReadonlySet<string> | undefined

  step({ service, tasks, activeNodes }: Moment): Step {
    const iteration = service.JobStatus?.JobIteration?.Index ?? 0
    const ofThisRun = tasks.filter((task) => isOfRun(task, iteration))
    const messages: JsonMessage[] = []
    if (this.#nodes === undefined) {
      if (tasks.length === 0 && activeNodes.size > 0) {
        return { messages: [step('job progress', 'waiting for tasks')], isConverged: false }
      }
      this.#nodes = new Set(ofThisRun.map(({ NodeID = '' }) => NodeID))
      messages.push(counts(0, this.#nodes.size))
    }
    const total = this.#nodes.size
    const shown = shownTasks(ofThisRun, this.#nodes)
    if (total <= MOST_BARS) messages.push(...shown.map(taskMessage))
    const complete = shown.filter((task) => stateOf(task) === 'complete').length
    messages.push(counts(complete, total))
    return { messages, isConverged: complete === total }
  }
}

function counts(complete: number, total: number): JsonMessage {
  return bar('job progress', `${padded(complete, total)} out of ${total} complete`, complete, total)
}

function shownTasks(tasks: readonly ServiceTask[], nodes: ReadonlySet<string>): ServiceTask[] {
  const byNode = new Map<string, ServiceTask>()
  for (const task of tasks) {
    const { NodeID = '' } = task
    const other = byNode.get(NodeID)
    const isNearer = !other || rankOf(stateOf(task)) < rankOf(stateOf(other))
    if (nodes.has(NodeID) && isNearer) byNode.set(NodeID, task)
  }
  return [...byNode.values()]
}

function taskMessage(task: ServiceTask): JsonMessage {
  const id = task.NodeID ?? ''
  return taskError(id, task) ?? taskBar(id, task, COMPLETE)
}
