import { readFile, writeFile } from 'node:fs/promises'
import type { ResponseOutcome } from './fixture.ts'

const FILE = new URL('golden/responses.json', import.meta.url)

/** The outcomes of the reference client, by case name. */
export interface ResponseGolden {
  /** What `docker --version` prints for the recorded client. */
  readonly reference: string
  readonly outcomes: Readonly<Record<string, ResponseOutcome>>
}

export async function readResponseGolden(): Promise<ResponseGolden> {
  return JSON.parse(await readFile(FILE, 'utf8'))
}

/** Writes one line for each case, so that diffs are small. */
export async function writeResponseGolden({ reference, outcomes }: ResponseGolden): Promise<void> {
  const lines = Object.entries(outcomes).map(
    ([name, outcome]) => `  ${JSON.stringify(name)}: ${JSON.stringify(outcome)}`,
  )
  await writeFile(FILE, `{"reference": ${JSON.stringify(reference)}, "outcomes": {\n${lines.join(',\n')}\n}}\n`)
}
