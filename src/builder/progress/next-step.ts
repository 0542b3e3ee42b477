import type { Step } from './step.ts'

/** A step is printed for at least about this long before another one gets its turn. Milliseconds. */
const SHORTEST_TURN = 5_000
/** The longest that a step with news waits for its turn. Milliseconds. */
const LONGEST_WAIT = 10_000

interface Activity {
  readonly step: Step
  /** Milliseconds since it began to change. */
  readonly waited: number
  /** Changes a second. */
  readonly speed: number
  readonly isOverdue: boolean
}

/**
 * The step to turn to: one that has waited too long, or the one with the most news once the current one has had its
 * turn. undefined while the current one goes on.
 * @param going the steps that have news and are not over
 * @param isOver whether the current one has just ended
 * @param now milliseconds since 1970
 */
export function nextStep(
  going: readonly Step[],
  current: Step | undefined,
  isOver: boolean,
  now: number,
): Step | undefined {
  const candidates = new Set(current ? [...going, current] : going)
  const activities = [...candidates].flatMap((step) => activityOf(step, current, now))
  const busiest = activities.reduce<Activity | undefined>(busier, undefined)?.step
  if (current === undefined || isOver) return busiest
  const overdue = activities.find(({ isOverdue }) => isOverdue)
  if (overdue) return overdue.step
  const own = activities.find(({ step }) => step === current)
  const total = activities.reduce((sum, { speed }) => sum + speed, 0)
  if (own === undefined) return undefined
  const turn = SHORTEST_TURN / (1 - own.speed / total)
  return turn < own.waited ? busiest : undefined
}

function activityOf(step: Step, current: Step | undefined, now: number): Activity[] {
  if (step.changingSince === undefined) return []
  const waited = now - step.changingSince
  // What has just been printed is as slow as can be, whatever the clock says.
  const speed = step.changes === 0 ? 0 : step.changes / (waited / 1000)
  return [{ step, waited, speed, isOverdue: waited > LONGEST_WAIT && step !== current }]
}

/** Of two that are alike the later one: it changed last. */
function busier(best: Activity | undefined, next: Activity): Activity {
  return best === undefined || next.isOverdue || !(best.speed > next.speed) ? next : best
}
