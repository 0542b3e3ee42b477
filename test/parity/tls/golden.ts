import { readFile, writeFile } from 'node:fs/promises'
import type { TlsOutcome } from './bench.ts'

const FILE = new URL('golden.json', import.meta.url)

/** What the reference client did, by the names of the cases. */
export interface TlsGolden {
  /** `docker --version` of the client that was recorded. */
  readonly reference: string
  readonly outcomes: Readonly<Record<string, TlsOutcome>>
}

export async function readTlsGolden(): Promise<TlsGolden> {
  return JSON.parse(await readFile(FILE, 'utf8'))
}

/** A line a case, so that a change of one is a diff of one line. */
export async function writeTlsGolden({ reference, outcomes }: TlsGolden): Promise<void> {
  const lines = Object.entries(outcomes).map(
    ([name, outcome]) => `  ${JSON.stringify(name)}: ${JSON.stringify(outcome)}`,
  )
  await writeFile(FILE, `{"reference": ${JSON.stringify(reference)}, "outcomes": {\n${lines.join(',\n')}\n}}\n`)
}
