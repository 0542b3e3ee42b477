import { readFile, writeFile } from 'node:fs/promises'
import type { WireRequest } from '../support/fake-recording.ts'
import { caseName, type ParityGroup } from './case.ts'
import type { Outcome } from './run-case.ts'

/** What the reference client did, by case name. */
export interface Golden {
  /** `docker --version` of the client that was recorded. */
  readonly reference: string
  readonly outcomes: Readonly<Record<string, Outcome>>
}

function goldenFile(group: string): URL {
  return new URL(`golden/${group}.json`, import.meta.url)
}

/** The recorded outcomes of a group; none when the group has not been recorded yet. */
export async function readGolden(group: string): Promise<Golden> {
  const text = await readFile(goldenFile(group), 'utf8').catch(() => '{"reference":"","outcomes":{}}')
  return JSON.parse(text, (key, value) => (key === 'stdout' || key === 'stderr' ? joined(value) : value))
}

export async function writeGolden(group: string, golden: Golden): Promise<void> {
  await writeFile(goldenFile(group), goldenText(golden))
}

/** One line a request and a line of output, so that a change of one of them is a diff of one line. */
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

/** Outputs are stored as lists of lines; a `stdout` that is something else belongs to a recorded body. */
function joined(value: unknown): unknown {
  return Array.isArray(value) ? value.join('\n') : value
}

/** Names of cases given more than once; each would overwrite the other's outcome. */
export function repeatedNames({ cases }: ParityGroup): string[] {
  const names = cases.map(caseName)
  return names.filter((name, position) => names.indexOf(name) !== position)
}
