import type { Part } from './compare.ts'

export interface Deviation {
  readonly group: string
  /** Matches the names of the cases it covers. */
  readonly cases: RegExp
  /** The parts in which tug differs from docker on purpose. A part that no longer differs fails the test. */
  readonly parts: readonly Part[]
  readonly because: string
}

/** Where tug means to differ from the reference client. Every other difference is a bug. */
export const deviations: readonly Deviation[] = []

export function deviationOf(group: string, name: string): Deviation | undefined {
  return deviations.find((deviation) => deviation.group === group && deviation.cases.test(name))
}
