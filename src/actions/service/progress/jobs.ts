/** The progress of jobs, whose tasks end: replicated and global ones. */
import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import { COMPLETE_RANK, hasKnownStates, isOfIteration, stateRank, taskState } from './task-states.ts'
import {
  barLine,
  MAX_BARS,
  type ProgressUpdater,
  type Snapshot,
  statusLine,
  taskBar,
  taskError,
  type Update,
} from './updater.ts'

/** Follows a job until a number of its tasks are complete (docker/cli progress.replicatedJobProgressUpdater). */
export class ReplicatedJobUpdater implements ProgressUpdater {
  readonly #concurrent: number
  readonly #total: number
  readonly #iteration: number
  #hasStarted = false

  /**
   * @param concurrent how many tasks may run at once
   * @param total how many tasks have to complete
   * @param iteration the job's iteration that is followed
   */
  constructor(concurrent: number, total: number, iteration: number) {
    this.#concurrent = concurrent
    this.#total = total
    this.#iteration = iteration
  }

  update({ tasks }: Snapshot): Update {
    const messages: JsonMessage[] = this.#hasStarted ? [] : this.#initialLines()
    this.#hasStarted = true
    const current = this.#tasksBySlot(tasks)
    if (this.#total <= MAX_BARS) messages.push(...current.map((task) => this.#taskLine(task)))
    const complete = current.filter((task) => taskState(task) === 'complete').length
    const active = current.filter((task) => stateRank(taskState(task)) < COMPLETE_RANK).length
    messages.push(...this.#counts(active, complete))
    return { messages, isConverged: complete === this.#total }
  }

  #initialLines(): JsonMessage[] {
    const lines = this.#total <= MAX_BARS ? this.#total : 0
    const empty = Array.from({ length: lines }, (_, at) => statusLine(`${at + 1}/${this.#total}`, ' '))
    return [...this.#counts(0, 0), ...empty]
  }

  #counts(active: number, complete: number): JsonMessage[] {
    const most = this.#concurrent
    const desired = Math.min(this.#total - complete, most)
    return [
      completedLine(complete, this.#total),
      statusLine('active tasks', `${padded(active, most)} out of ${padded(desired, most)} tasks`),
    ]
  }

  /** Returns one task for each slot, as long as the slots are consecutive. */
  #tasksBySlot(tasks: readonly ServiceTask[]): ServiceTask[] {
    const bySlot = new Map<number, ServiceTask>()
    for (const task of tasks.filter(hasKnownStates)) {
      if (!isOfIteration(task, this.#iteration)) continue
      const other = bySlot.get(task.Slot ?? 0)
      if (!other || stateRank(taskState(task)) < stateRank(taskState(other))) bySlot.set(task.Slot ?? 0, task)
    }
    // docker shows a missing slot as the first slot, without a state.
    return Array.from({ length: bySlot.size }, (_, slot) => bySlot.get(slot) ?? {})
  }

  #taskLine(task: ServiceTask): JsonMessage {
    const id = `${(task.Slot ?? 0) + 1}/${this.#total}`
    return taskError(id, task) ?? taskBar(id, task, COMPLETE_RANK)
  }
}

/** Follows a job on the nodes that have a task of it in the first snapshot (docker/cli progress.globalJobProgressUpdater). */
export class GlobalJobUpdater implements ProgressUpdater {
  #nodes: ReadonlySet<string> | undefined

  update({ service, tasks, activeNodes }: Snapshot): Update {
    const iteration = service.JobStatus?.JobIteration?.Index ?? 0
    const currentTasks = tasks.filter((task) => isOfIteration(task, iteration))
    const messages: JsonMessage[] = []
    if (this.#nodes === undefined) {
      if (tasks.length === 0 && activeNodes.size > 0) {
        return { messages: [statusLine('job progress', 'waiting for tasks')], isConverged: false }
      }
      this.#nodes = new Set(currentTasks.map(({ NodeID = '' }) => NodeID))
      messages.push(completedLine(0, this.#nodes.size))
    }
    const total = this.#nodes.size
    const shown = tasksByNode(currentTasks, this.#nodes)
    if (total <= MAX_BARS) messages.push(...shown.map(nodeTaskLine))
    const complete = shown.filter((task) => taskState(task) === 'complete').length
    messages.push(completedLine(complete, total))
    return { messages, isConverged: complete === total }
  }
}

function tasksByNode(tasks: readonly ServiceTask[], nodes: ReadonlySet<string>): ServiceTask[] {
  const byNode = new Map<string, ServiceTask>()
  for (const task of tasks) {
    const { NodeID = '' } = task
    const other = byNode.get(NodeID)
    const isEarlier = !other || stateRank(taskState(task)) < stateRank(taskState(other))
    if (nodes.has(NodeID) && isEarlier) byNode.set(NodeID, task)
  }
  return [...byNode.values()]
}

function nodeTaskLine(task: ServiceTask): JsonMessage {
  const id = task.NodeID ?? ''
  return taskError(id, task) ?? taskBar(id, task, COMPLETE_RANK)
}

function completedLine(complete: number, total: number): JsonMessage {
  return barLine('job progress', `${padded(complete, total)} out of ${total} complete`, complete, total)
}

/** Pads a number to the width of the largest one. */
function padded(number: number, largest: number): string {
  return String(number).padStart(String(largest).length)
}
