/** The states of a service's tasks, in the order in which tasks go through them. */
import type { ServiceTask } from '../../../domain/service/service.ts'

/** All states in order. Those after `running` are final; only jobs are followed as far as `complete`. */
const STATES: readonly (string | undefined)[] = [
  ...(['new', 'allocated', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting', 'running'] as const),
  ...(['complete', 'shutdown', 'failed', 'rejected'] as const),
]

/** The number of steps until a service's task runs, and until a job's task is complete. */
export const RUNNING_RANK = stateRank('running')
export const COMPLETE_RANK = stateRank('complete')

/** The width that state names are padded to. */
const WIDTH = 'allocated'.length

/** Returns the position of a state, from 1; 0 for an unknown one. */
export function stateRank(state: string | undefined): number {
  return STATES.indexOf(state) + 1
}

export function isFinal(state: string | undefined): boolean {
  return stateRank(state) > RUNNING_RANK
}

/** Whether both the state and the desired state of a task are known. */
export function hasKnownStates(task: ServiceTask): boolean {
  return stateRank(task.DesiredState) > 0 && stateRank(taskState(task)) > 0
}

export function taskState({ Status }: ServiceTask): string | undefined {
  return Status?.State
}

export function paddedState(task: ServiceTask): string {
  return (taskState(task) ?? '').padEnd(WIDTH)
}

/** Whether a task belongs to an iteration of a job. Iteration 0 is the first; daemons omit that number. */
export function isOfIteration({ JobIteration }: ServiceTask, iteration: number): boolean {
  return JobIteration ? (JobIteration.Index ?? 0) === iteration : false
}

/** Whether a task runs and is meant to go on running. */
export function isRunning(task: ServiceTask): boolean {
  return !isFinal(task.DesiredState) && taskState(task) === 'running'
}

/**
 * Whether `task` is shown instead of `other` if both have the same slot or node: the task with the lower desired state
 * wins, then the one with the lower state (docker/cli progress.replicatedProgressUpdater.tasksBySlot).
 */
export function takesPrecedence(task: ServiceTask, other: ServiceTask): boolean {
  const [desired, otherDesired] = [stateRank(task.DesiredState), stateRank(other.DesiredState)]
  return desired === otherDesired ? stateRank(taskState(task)) < stateRank(taskState(other)) : desired < otherDesired
}
