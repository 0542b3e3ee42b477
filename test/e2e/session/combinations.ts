import { combinations } from '../../support/provided.ts'
import { programs } from '../../support/run.ts'

/** The first program with every engine, the others with the last one: for what hardly depends on both. */
export function fewCombinations(): ReturnType<typeof combinations> {
  const all = combinations()
  const last = all.at(-1)?.engine
  return all.filter(({ program, engine }) => program === programs[0] || engine === last)
}

/** The first program with the last engine alone: for what depends on neither. */
export function oneCombination(): ReturnType<typeof combinations> {
  return fewCombinations()
    .filter(({ program }) => program === programs[0])
    .slice(-1)
}
