import { describe, expect, test, vi } from 'vitest'
import { caseName, type ParityCase } from './case.ts'
import { comparable, differences, expectedOf, type Part, pings } from './compare.ts'
import { deviationOf } from './deviations.ts'
import { type Golden, readGolden, repeatedNames } from './golden.ts'
import { groups } from './groups.ts'
import { isReference, nodeProgram, programUnderTest } from './programs.ts'
import { runCase } from './run-case.ts'

/** Every case starts a process, so few run in parallel. */
vi.setConfig({ maxConcurrency: 4 })

/**
 * With Node only every 80th case of a group is run, because only the start of the program differs, and a run takes six times
 * the processor time of one with the executable.
 */
const NODE_STRIDE = 80

const program = programUnderTest()
const node = nodeProgram()

for (const group of groups) {
  const golden = await readGolden(group.name)
  describe.concurrent(`parity ${group.name}`, () => {
    test('has one outcome for every case', () => {
      expect(repeatedNames(group)).toEqual([])
      expect(Object.keys(golden.outcomes)).toEqual(group.cases.map(caseName))
    })
    for (const parityCase of group.cases)
      test(caseName(parityCase), () => expectParity(group.name, parityCase, golden, program))
  })
  if (node)
    describe.concurrent(`parity ${group.name} through node`, () => {
      for (const parityCase of group.cases.filter((_, position) => position % NODE_STRIDE === 0))
        test(caseName(parityCase), () => expectParity(group.name, parityCase, golden, node))
    })
}

async function expectParity(group: string, parityCase: ParityCase, golden: Golden, tested: readonly string[]) {
  const name = caseName(parityCase)
  const recorded = golden.outcomes[name]
  if (!recorded) throw new Error('no recorded outcome: npm run record -- parity')
  const expected = comparable(expectedOf(recorded, tested), parityCase)
  const outcome = await runCase(tested, parityCase)
  const actual = comparable(outcome, parityCase)
  const deviation = isReference(tested) ? undefined : deviationOf(group, name)
  // A command line that only docker refuses without a request may need a ping.
  if (!deviation?.parts.includes('wire')) {
    expect(pings(outcome), 'pings').toBeLessThanOrEqual(pings(recorded))
  }
  if (!deviation) return expect(actual).toEqual(expected)
  const differing: Part[] = differences(expected, actual)
  expect(differing.toSorted(), `deviates because ${deviation.because}`).toEqual(deviation.parts.toSorted())
}
