import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import { truncateId } from '../../../format/text/truncate.ts'
import type { Follower, Moment, Step } from './follower.ts'
import { MOST_BARS, overall, step } from './messages.ts'
import { taskMessages } from './replicated.ts'
import { isKnown, isRunning, isShownBefore, stateOf } from './states.ts'

/**
 * Follows a service with a task on every node that may have one. Which these are shows once there are tasks (docker/cli
 * progress.globalProgressUpdater).
 */
export class GlobalFollower implements Follower {
  #hasBegun = false
  #isDone = false

  step({ tasks, activeNodes, isRollback }: Moment): Step {
    const byNode = shownTasks(tasks)
    const nodes = byNode.length
    if (!this.#hasBegun && nodes === 0) {
      return { messages: [step('overall progress', 'waiting for new tasks')], isConverged: false }
    }
    const messages: JsonMessage[] = this.#hasBegun ? [] : [overall(0, nodes, isRollback)]
    this.#hasBegun = true
    if (byNode.some((task) => stateOf(task) !== 'running')) this.#isDone = false
    const active = byNode.filter(({ NodeID = '' }) => activeNodes.has(NodeID))
    if (!this.#isDone && nodes <= MOST_BARS) {
      messages.push(...active.flatMap((task) => taskMessages(truncateId(task.NodeID ?? ''), task)))
    }
    const running = active.filter(isRunning).length
    if (!this.#isDone) messages.push(overall(running, nodes, isRollback))
    this.#isDone ||= running === nodes
    return { messages, isConverged: running === nodes }
  }
}

function shownTasks(tasks: readonly ServiceTask[]): ServiceTask[] {
  const byNode = new Map<string, ServiceTask>()
  for (const task of tasks.filter(isKnown)) {
    const { NodeID = '' } = task
    const other = byNode.get(NodeID)
    if (!other || isShownBefore(task, other)) byNode.set(NodeID, task)
  }
  return [...byNode.values()]
}
