import { combinations } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'

/**
 * Returns the first program with every engine and the others with the last one, for tests whose result rarely depends
 * on both.
 */
export function fewCombinations(): ReturnType<typeof combinations> {
  const all = combinations()
  const last = all.at(-1)?.engine
  return all.filter(({ program, engine }) => program === programs[0] || engine === last)
}

/** Returns only the first program with the last engine, for tests that depend on neither. */
export function oneCombination(): ReturnType<typeof combinations> {
  return fewCombinations()
    .filter(({ program }) => program === programs[0])
    .slice(-1)
}
