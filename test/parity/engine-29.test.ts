import { describe, expect, test, vi } from 'vitest'
import { isObject } from '../../src/domain/go/fields.ts'
import { caseName, type ParityCase } from './case.ts'
import { additionsOfEngine29, engine29, responsesOfEngine29 } from './cases/system/engine-29.ts'
import { type Comparable, comparable, expectedOf } from './compare.ts'
import { readGolden } from './golden.ts'
import { nodeProgram, programUnderTest } from './programs.ts'
import { type Outcome, runCase } from './run-case.ts'

// docker 28 cannot be run with newer API versions: it fails, or prints less. tug must print what docker 28 prints with
// API version 1.50, from the responses of newer versions.

vi.setConfig({ maxConcurrency: 4 })

const golden = await readGolden(engine29.name)
const program = programUnderTest()
const node = nodeProgram()

/** An engine that refuses older API versions, or a user who asks for a newer one. */
const SITUATIONS = (['1.52', '1.55'] as const).flatMap((version) => [
  {
    title: `an engine that serves only API ${version} and newer`,
    version,
    asked: { apiVersion: '1.55', minApiVersion: version },
  },
  { title: `DOCKER_API_VERSION=${version}`, version, asked: { env: { DOCKER_API_VERSION: version } } },
])

for (const { title, version, asked } of SITUATIONS) {
  describe.concurrent(title, () => {
    for (const [position, parityCase] of engine29.cases.entries()) {
      const programs = node && position % 10 === 0 ? [program, node] : [program]
      test(caseName(parityCase), async () => {
        for (const tested of programs) {
          const outcome = await runCase(tested, { ...parityCase, ...asked, replies: responsesOfEngine29[version] })
          expect(withoutAdditions(served(outcome, version), parityCase)).toEqual(
            expectedWith(version, parityCase, tested),
          )
        }
      })
    }
  })
}

/** Leaves out requests that the engine refused because of their API version. */
function served(outcome: Outcome, version: string): Outcome {
  return { ...outcome, wire: outcome.wire.filter((request) => request.version !== '1.50' || version === '1.50') }
}

/** Returns docker's outcome with the API version in place of 1.50. */
function expectedWith(version: string, parityCase: ParityCase, tested: readonly string[]): Comparable {
  const recorded = golden.outcomes[caseName(parityCase)]
  if (!recorded) throw new Error('no recorded outcome: npm run record -- parity --group engine-29')
  const wire = recorded.wire.map((request) => {
    const isUsage = request.path === '/system/df' && version !== '1.52'
    return {
      ...request,
      ...(request.version === undefined ? {} : { version }),
      // From 1.53 on, the objects are only sent when they are requested.
      ...(isUsage ? { query: { verbose: '1' } } : {}),
    }
  })
  return comparable({ ...expectedOf(recorded, tested), wire }, parityCase)
}

/** Takes out what newer versions add to the printed objects, which docker 28 prints as they are. */
function withoutAdditions(outcome: Outcome, parityCase: ParityCase): Comparable {
  const result = comparable(outcome, parityCase)
  const added = additionsOfEngine29[parityCase.argv.join(' ')]
  if (added === undefined) return result
  const parsed: unknown = JSON.parse(result.stdout)
  const objects = Array.isArray(parsed) ? parsed.filter(isObject) : []
  const known = objects.map((object) =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !added.includes(key))),
  )
  return { ...result, stdout: `${JSON.stringify(known, undefined, 4)}\n` }
}
