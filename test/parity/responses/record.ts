import { referenceProgram, referenceVersion } from '../programs.ts'
import { responseCaseName, responseCases } from './cases.ts'
import { type ResponseOutcome, runResponseCase } from './fixture.ts'
import { writeResponseGolden } from './golden.ts'

/** Records how the reference client handles odd responses. */
export async function record(): Promise<void> {
  const reference = referenceVersion()
  const outcomes: Record<string, ResponseOutcome> = {}
  for (const responseCase of responseCases) {
    outcomes[responseCaseName(responseCase)] = await runResponseCase(referenceProgram(), responseCase, true)
  }
  await writeResponseGolden({ reference, outcomes })
  process.stdout.write(`${responseCases.length} cases\n`)
}
