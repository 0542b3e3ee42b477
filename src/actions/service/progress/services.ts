/** The progress of services that run until they are removed: replicated and global ones. */
import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import { truncateId } from '../../../format/text/truncate.ts'
import { hasKnownStates, isFinal, isRunning, RUNNING_RANK, takesPrecedence, taskState } from './task-states.ts'
import {
  MAX_BARS,
  overallLine,
  type ProgressUpdater,
  type Snapshot,
  statusLine,
  taskBar,
  taskError,
  type Update,
} from './updater.ts'

/** Follows a service with a number of tasks, each in a slot (docker/cli progress.replicatedProgressUpdater). */
export class ReplicatedUpdater implements ProgressUpdater {
  /** The line of each slot, in the order in which the slots appeared. */
  readonly #lines = new Map<number, number>()
  #hasStarted = false
  #isDone = false

  update({ service, tasks, activeNodes, isRollback }: Snapshot): Update {
    const replicas = service.Spec?.Mode?.Replicated?.Replicas
    if (typeof replicas !== 'number') throw new Error('no replica count')
    const messages: JsonMessage[] = []
    if (!this.#hasStarted) messages.push(...initialLines(replicas, isRollback))
    this.#hasStarted = true
    const current = tasksBySlot(tasks, activeNodes)
    if (current.some((task) => taskState(task) !== 'running')) this.#isDone = false
    for (const task of current) {
      const line = this.#lineOf(task.Slot ?? 0)
      if (!this.#isDone && replicas <= MAX_BARS && line <= replicas) {
        messages.push(...taskLines(`${line}/${replicas}`, task))
      }
    }
    const running = current.filter(isRunning).length
    if (!this.#isDone) messages.push(overallLine(running, replicas, isRollback))
    this.#isDone ||= running === replicas
    return { messages, isConverged: running === replicas }
  }

  #lineOf(slot: number): number {
    const line = this.#lines.get(slot) ?? this.#lines.size + 1
    this.#lines.set(slot, line)
    return line
  }
}

function initialLines(replicas: number, isRollback: boolean): JsonMessage[] {
  const lines = replicas <= MAX_BARS ? replicas : 0
  const empty = Array.from({ length: lines }, (_, at) => statusLine(`${at + 1}/${replicas}`, ' '))
  return [overallLine(0, replicas, isRollback), ...empty]
}

/** Returns one task for each slot, sorted by slot, without the tasks on nodes that are down. */
function tasksBySlot(tasks: readonly ServiceTask[], activeNodes: ReadonlySet<string>): ServiceTask[] {
  const bySlot = new Map<number, ServiceTask>()
  for (const task of tasks.filter(hasKnownStates)) {
    const { Slot = 0, NodeID = '' } = task
    const other = bySlot.get(Slot)
    if (other && !takesPrecedence(task, other)) continue
    if (NodeID === '' || activeNodes.has(NodeID)) bySlot.set(Slot, task)
  }
  return [...bySlot].sort(([a], [b]) => a - b).map(([, task]) => task)
}

/**
 * Follows a service with one task on every eligible node. The number of nodes is known only once there are tasks
 * (docker/cli progress.globalProgressUpdater).
 */
export class GlobalUpdater implements ProgressUpdater {
  #hasStarted = false
  #isDone = false

  update({ tasks, activeNodes, isRollback }: Snapshot): Update {
    const current = tasksByNode(tasks)
    const nodes = current.length
    if (!this.#hasStarted && nodes === 0) {
      return { messages: [statusLine('overall progress', 'waiting for new tasks')], isConverged: false }
    }
    const messages: JsonMessage[] = this.#hasStarted ? [] : [overallLine(0, nodes, isRollback)]
    this.#hasStarted = true
    if (current.some((task) => taskState(task) !== 'running')) this.#isDone = false
    const active = current.filter(({ NodeID = '' }) => activeNodes.has(NodeID))
    if (!this.#isDone && nodes <= MAX_BARS) {
      messages.push(...active.flatMap((task) => taskLines(truncateId(task.NodeID ?? ''), task)))
    }
    const running = active.filter(isRunning).length
    if (!this.#isDone) messages.push(overallLine(running, nodes, isRollback))
    this.#isDone ||= running === nodes
    return { messages, isConverged: running === nodes }
  }
}

function tasksByNode(tasks: readonly ServiceTask[]): ServiceTask[] {
  const byNode = new Map<string, ServiceTask>()
  for (const task of tasks.filter(hasKnownStates)) {
    const { NodeID = '' } = task
    const other = byNode.get(NodeID)
    if (!other || takesPrecedence(task, other)) byNode.set(NodeID, task)
  }
  return [...byNode.values()]
}

/** Shows a task's error or its state; nothing for a task that has ended. */
function taskLines(id: string, task: ServiceTask): JsonMessage[] {
  const error = taskError(id, task)
  if (error) return [error]
  return isFinal(task.DesiredState) || isFinal(taskState(task)) ? [] : [taskBar(id, task, RUNNING_RANK)]
}
