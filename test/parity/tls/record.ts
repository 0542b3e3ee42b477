import { referenceProgram, referenceVersion } from '../programs.ts'
import { tlsCaseName, tlsCases } from './cases.ts'
import { TlsFixture, type TlsOutcome } from './fixture.ts'
import { writeTlsGolden } from './golden.ts'

/** Records how the reference client connects to a daemon for every combination of TLS flags, variables and files. */
export async function record(): Promise<void> {
  const reference = referenceVersion()
  const fixture = await TlsFixture.open()
  try {
    const outcomes: Record<string, TlsOutcome> = {}
    for (const tlsCase of tlsCases) outcomes[tlsCaseName(tlsCase)] = await fixture.run(referenceProgram(), tlsCase)
    await writeTlsGolden({ reference, outcomes })
    process.stdout.write(`${tlsCases.length} cases\n`)
  } finally {
    await fixture.close()
  }
}
