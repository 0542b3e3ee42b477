import { execFileSync } from 'node:child_process'
import { referenceProgram } from '../programs.ts'
import { TlsBench, type TlsOutcome } from './bench.ts'
import { tlsCaseName, tlsCases } from './cases.ts'
import { writeTlsGolden } from './golden.ts'

/** Records how the reference client speaks to a daemon, for every case: `node test/parity/tls/record.ts`. */
const program = referenceProgram()
const reference = execFileSync(program[0] ?? '', ['--version'], { encoding: 'utf8' }).trim()
if (!/version 28\./.test(reference)) throw new Error(`the reference is docker 28.x, but this is: ${reference}`)

const bench = await TlsBench.open()
try {
  const outcomes: Record<string, TlsOutcome> = {}
  for (const given of tlsCases) outcomes[tlsCaseName(given)] = await bench.run(program, given)
  await writeTlsGolden({ reference, outcomes })
  process.stdout.write(`${tlsCases.length} cases\n`)
} finally {
  await bench.close()
}
