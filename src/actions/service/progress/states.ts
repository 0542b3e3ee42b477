import type { ServiceTask } from '../../../domain/service/service.ts'

/** The states that tasks go through, in their order; those behind `running` are ends, and are not drawn but for jobs. */
const STATES: readonly (string | undefined)[] = [
  ...(['new', 'allocated', 'pending', 'assigned', 'accepted', 'preparing', 'ready', 'starting', 'running'] as const),
  ...(['complete', 'shutdown', 'failed', 'rejected'] as const),
]

/** How many steps there are to a service's goal, and to a job's. */
export const RUNNING = rankOf('running')
export const COMPLETE = rankOf('complete')

/** The width that names of states are filled up to. */
const WIDTH = 'allocated'.length

/** Which step a state is, from 1; 0 for one that is not known. */
export function rankOf(state: string | undefined): number {
  return STATES.indexOf(state) + 1
}

export function isEnd(state: string | undefined): boolean {
  return rankOf(state) > RUNNING
}

/** Whether both the state of a task and the one it is meant to have are known. */
export function isKnown(task: ServiceTask): boolean {
  return rankOf(task.DesiredState) > 0 && rankOf(stateOf(task)) > 0
}

export function stateOf({ Status }: ServiceTask): string | undefined {
  return Status?.State
}

export function stateText(task: ServiceTask): string {
  return (stateOf(task) ?? '').padEnd(WIDTH)
}

/** Whether a task belongs to a run of a job; the first run's number is 0, which daemons leave out. */
export function isOfRun({ JobIteration }: ServiceTask, iteration: number): boolean {
  return JobIteration ? (JobIteration.Index ?? 0) === iteration : false
}

/** Whether a task is and stays at work. */
export function isRunning(task: ServiceTask): boolean {
  return !isEnd(task.DesiredState) && stateOf(task) === 'running'
}

/**
 * Of several tasks in one place, the one to show: that which is meant to get least far, and of these the one that is
 * least far.
 */
export function isShownBefore(task: ServiceTask, other: ServiceTask): boolean {
  const [wanted, otherWanted] = [rankOf(task.DesiredState), rankOf(other.DesiredState)]
  return wanted === otherWanted ? rankOf(stateOf(task)) < rankOf(stateOf(other)) : wanted < otherWanted
}
