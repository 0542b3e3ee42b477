import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import type { Follower, Moment, Step } from './follower.ts'
import { MOST_BARS, overall, step, taskBar, taskError } from './messages.ts'
import { isEnd, isKnown, isRunning, isShownBefore, RUNNING, stateOf } from './states.ts'

/** Follows a service with a number of tasks, each in a slot (docker/cli progress.replicatedProgressUpdater). */
export class ReplicatedFollower implements Follower {
  /** The line of each slot, in the order in which they were seen. */
  readonly #lines = new Map<number, number>()
  #hasBegun = false
  #isDone = false

  step({ service, tasks, activeNodes, isRollback }: Moment): Step {
    const replicas = service.Spec?.Mode?.Replicated?.Replicas
    if (typeof replicas !== 'number') throw new Error('no replica count')
    const messages: JsonMessage[] = []
    if (!this.#hasBegun) messages.push(...opening(replicas, isRollback))
    this.#hasBegun = true
    const shown = shownTasks(tasks, activeNodes)
    if (shown.some((task) => stateOf(task) !== 'running')) this.#isDone = false
    for (const task of shown) {
      const line = this.#lineOf(task.Slot ?? 0)
      if (!this.#isDone && replicas <= MOST_BARS && line <= replicas) {
        messages.push(...taskMessages(`${line}/${replicas}`, task))
      }
    }
    const running = shown.filter(isRunning).length
    if (!this.#isDone) messages.push(overall(running, replicas, isRollback))
    this.#isDone ||= running === replicas
    return { messages, isConverged: running === replicas }
  }

  #lineOf(slot: number): number {
    const line = this.#lines.get(slot) ?? this.#lines.size + 1
    this.#lines.set(slot, line)
    return line
  }
}

function opening(replicas: number, isRollback: boolean): JsonMessage[] {
  const lines = replicas <= MOST_BARS ? replicas : 0
  const empty = Array.from({ length: lines }, (_, at) => step(`${at + 1}/${replicas}`, ' '))
  return [overall(0, replicas, isRollback), ...empty]
}

/** One task for each slot, by slot; of those on nodes that are down, none. */
function shownTasks(tasks: readonly ServiceTask[], activeNodes: ReadonlySet<string>): ServiceTask[] {
  const bySlot = new Map<number, ServiceTask>()
  for (const task of tasks.filter(isKnown)) {
    const { Slot = 0, NodeID = '' } = task
    const other = bySlot.get(Slot)
    if (other && !isShownBefore(task, other)) continue
    if (NodeID === '' || activeNodes.has(NodeID)) bySlot.set(Slot, task)
  }
  return [...bySlot].sort(([a], [b]) => a - b).map(([, task]) => task)
}

/** How a task of a service is: what went wrong, or how far it is; nothing where it has ended. */
export function taskMessages(id: string, task: ServiceTask): JsonMessage[] {
  const error = taskError(id, task)
  if (error) return [error]
  return isEnd(task.DesiredState) || isEnd(stateOf(task)) ? [] : [taskBar(id, task, RUNNING)]
}
