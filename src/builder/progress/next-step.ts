import type { Step } from './step.ts'

/** The time for which about one step is printed before another one, in milliseconds. */
const SHORTEST_TURN = 5_000
/** The longest time that a changed step waits for its turn, in milliseconds. */
const LONGEST_WAIT = 10_000

interface Activity {
  readonly step: Step
  /** Milliseconds since the first change after the display last left the step. */
  readonly waited: number
  /** Changes per second. */
  readonly speed: number
  readonly isOverdue: boolean
}

/**
 * Returns the step to print next: one that has waited too long, or the one with the most changes after the current one
 * has had its turn; undefined to continue with the current one.
 * @param running the steps that have changed and have not completed
 * @param hasEnded whether the current one has just completed
 * @param now milliseconds since 1970
 */
export function chooseNextStep(
  running: readonly Step[],
  current: Step | undefined,
  hasEnded: boolean,
  now: number,
): Step | undefined {
  const candidates = new Set(current ? [...running, current] : running)
  const activities = [...candidates].flatMap((step) => activityOf(step, current, now))
  const busiest = activities.reduce<Activity | undefined>(busier, undefined)?.step
  if (current === undefined || hasEnded) return busiest
  const overdue = activities.find(({ isOverdue }) => isOverdue)
  if (overdue) return overdue.step
  const currentActivity = activities.find(({ step }) => step === current)
  const total = activities.reduce((sum, { speed }) => sum + speed, 0)
  if (currentActivity === undefined) return undefined
  const turn = SHORTEST_TURN / (1 - currentActivity.speed / total)
  return turn < currentActivity.waited ? busiest : undefined
}

function activityOf(step: Step, current: Step | undefined, now: number): Activity[] {
  if (step.changingSince === undefined) return []
  const waited = now - step.changingSince
  // A step that was just printed has no changes, and its waiting time may be 0.
  const speed = step.changes === 0 ? 0 : step.changes / (waited / 1000)
  return [{ step, waited, speed, isOverdue: waited > LONGEST_WAIT && step !== current }]
}

/** Returns the busier activity; of two equal ones the later, which changed last. */
function busier(best: Activity | undefined, next: Activity): Activity {
  return best === undefined || next.isOverdue || !(best.speed > next.speed) ? next : best
}
