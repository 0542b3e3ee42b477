import type { JsonMessage } from '../../../domain/image/json-message.ts'
import type { ServiceTask } from '../../../domain/service/service.ts'
import type { Follower, Moment, Step } from './follower.ts'
import { bar, MOST_BARS, step, taskBar, taskError } from './messages.ts'
import { COMPLETE, isKnown, isOfRun, rankOf, stateOf } from './states.ts'

/** Follows a job until it has been done so many times (docker/cli progress.replicatedJobProgressUpdater). */
export class ReplicatedJobFollower implements Follower {
  readonly #concurrent: number
  readonly #total: number
  readonly #iteration: number
  #hasBegun = false

  /** @param iteration which run of the job is followed */
  constructor(concurrent: number, total: number, iteration: number) {
    this.#concurrent = concurrent
    this.#total = total
    this.#iteration = iteration
  }

  step({ tasks }: Moment): Step {
    const messages: JsonMessage[] = this.#hasBegun ? [] : this.#opening()
    this.#hasBegun = true
    const shown = this.#shownTasks(tasks)
    if (this.#total <= MOST_BARS) messages.push(...shown.map((task) => this.#taskMessage(task)))
    const complete = shown.filter((task) => stateOf(task) === 'complete').length
    const active = shown.filter((task) => rankOf(stateOf(task)) < COMPLETE).length
    messages.push(...this.#counts(active, complete))
    return { messages, isConverged: complete === this.#total }
  }

  #opening(): JsonMessage[] {
    const lines = this.#total <= MOST_BARS ? this.#total : 0
    const empty = Array.from({ length: lines }, (_, at) => step(`${at + 1}/${this.#total}`, ' '))
    return [...this.#counts(0, 0), ...empty]
  }

  #counts(active: number, complete: number): JsonMessage[] {
    const done = `${padded(complete, this.#total)} out of ${this.#total} complete`
    const wanted = Math.min(this.#total - complete, this.#concurrent)
    const most = this.#concurrent
    return [
      bar('job progress', done, complete, this.#total),
      step('active tasks', `${padded(active, most)} out of ${padded(wanted, most)} tasks`),
    ]
  }

  /** One task for each slot, as long as slots follow upon each other. */
  #shownTasks(tasks: readonly ServiceTask[]): ServiceTask[] {
    const bySlot = new Map<number, ServiceTask>()
    for (const task of tasks.filter(isKnown)) {
      if (!isOfRun(task, this.#iteration)) continue
      const other = bySlot.get(task.Slot ?? 0)
      if (!other || rankOf(stateOf(task)) < rankOf(stateOf(other))) bySlot.set(task.Slot ?? 0, task)
    }
    // A slot that is not there yet shows as the first one, without a state.
    return Array.from({ length: bySlot.size }, (_, slot) => bySlot.get(slot) ?? {})
  }

  #taskMessage(task: ServiceTask): JsonMessage {
    const id = `${(task.Slot ?? 0) + 1}/${this.#total}`
    return taskError(id, task) ?? taskBar(id, task, COMPLETE)
  }
}

/** A number, as wide as the largest. */
export function padded(number: number, largest: number): string {
  return String(number).padStart(String(largest).length)
}
