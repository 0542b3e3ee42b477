import { readFile, writeFile } from 'node:fs/promises'
import type { WireRequest } from '../support/fake-recording.ts'
import { caseName, type ParityGroup } from './case.ts'
import type { Outcome } from './run-case.ts'

/** The recorded outcomes of the reference client, by case name. */
export interface Golden {
  /** What `docker --version` prints for the recorded client. */
  readonly reference: string
  readonly outcomes: Readonly<Record<string, Outcome>>
}

function goldenFile(group: string): URL {
  return new URL(`golden/${group}.json`, import.meta.url)
}

/** Reads the recorded outcomes of a group; there are none when it has not been recorded yet. */
export async function readGolden(group: string): Promise<Golden> {
  const text = await readFile(goldenFile(group), 'utf8').catch(() => '{"reference":"","outcomes":{}}')
  return JSON.parse(text, (key, value) => (key === 'stdout' || key === 'stderr' ? joined(value) : value))
}

export async function writeGolden(group: string, golden: Golden): Promise<void> {
  await writeFile(goldenFile(group), goldenText(golden))
}

/** Formats a golden with one line for each request and each line of output, so that diffs are small. */
function goldenText({ reference, outcomes }: Golden): string {
  const entries = Object.entries(outcomes).map(([name, outcome]) => {
    const fields = [
      `"exit": ${JSON.stringify(outcome.exit)}`,
      `"stdout": ${linesText(outcome.stdout.split('\n'))}`,
      `"stderr": ${linesText(outcome.stderr.split('\n'))}`,
      `"wire": ${linesText(outcome.wire)}`,
      ...(outcome.outputs ? [`"outputs": ${JSON.stringify(outcome.outputs)}`] : []),
    ]
    return `  ${JSON.stringify(name)}: {\n    ${fields.join(',\n    ')}\n  }`
  })
  return `{"reference": ${JSON.stringify(reference)}, "outcomes": {\n${entries.join(',\n')}\n}}\n`
}

function linesText(items: readonly (string | WireRequest)[]): string {
  if (items.length <= 1) return `[${items.map((item) => JSON.stringify(item)).join('')}]`
  return `[\n${items.map((item) => `      ${JSON.stringify(item)}`).join(',\n')}\n    ]`
}

/** Joins the lines of an output. A `stdout` that is not a list is a member of a recorded body. */
function joined(value: unknown): unknown {
  return Array.isArray(value) ? value.join('\n') : value
}

/** Returns the names that several cases share, which would overwrite each other's outcomes. */
export function repeatedNames({ cases }: ParityGroup): string[] {
  const names = cases.map(caseName)
  return names.filter((name, position) => names.indexOf(name) !== position)
}
