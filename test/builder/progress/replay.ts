import { vi } from 'vitest'
import type { BuildProgress } from '../../../src/builder/progress/progress.ts'
import type { Scenario } from './scenario.ts'

/** Milliseconds between the last event and the end of a build. */
const LAST_MOMENTS = 3

/** An action during a scenario, such as recording the screen. */
export interface Moment {
  /** Milliseconds since the build began. */
  readonly at: number
  readonly act: () => void | Promise<void>
}

/**
 * Sends the events of a scenario to our display, in fake time.
 * @param begin creates the display
 * @param interruptAt when the build is interrupted, in milliseconds since it began
 */
export async function replay(
  { events }: Scenario,
  begin: () => BuildProgress,
  moments: readonly Moment[] = [],
  interruptAt = Number.POSITIVE_INFINITY,
): Promise<BuildProgress> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'], now: new Date('2026-11-20T21:00:00Z') })
  try {
    const progress = begin()
    const last = events.at(-1)?.at ?? 0
    let now = 0
    const advance = (to: number) => {
      vi.advanceTimersByTime(Math.max(0, to - now))
      now = Math.max(now, to)
    }
    const steps = [...events.map(({ at, status }) => ({ at, act: () => progress.show(status) })), ...moments]
      .filter(({ at }) => at <= interruptAt)
      .sort((a, b) => a.at - b.at)
    for (const { at, act } of steps) {
      advance(at)
      await act()
    }
    advance(Math.min(last + LAST_MOMENTS, interruptAt))
    progress.end()
    return progress
  } finally {
    vi.useRealTimers()
  }
}
