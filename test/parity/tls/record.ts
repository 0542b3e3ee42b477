import { referenceProgram, referenceVersion } from '../programs.ts'
import { TlsBench, type TlsOutcome } from './bench.ts'
import { tlsCaseName, tlsCases } from './cases.ts'
import { writeTlsGolden } from './golden.ts'

/** Records how the reference client connects to a daemon for every combination of TLS flags, variables and files. */
export async function record(): Promise<void> {
  const reference = referenceVersion()
  const bench = await TlsBench.open()
  try {
    const outcomes: Record<string, TlsOutcome> = {}
    for (const tlsCase of tlsCases) outcomes[tlsCaseName(tlsCase)] = await bench.run(referenceProgram(), tlsCase)
    await writeTlsGolden({ reference, outcomes })
    process.stdout.write(`${tlsCases.length} cases\n`)
  } finally {
    await bench.close()
  }
}
