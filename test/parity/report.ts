import { parseArgs } from 'node:util'
import { caseName, type ParityCase } from './case.ts'
import { type Comparable, comparable, differences, expectedOf, type Part, pings, stableText } from './compare.ts'
import { deviationOf } from './deviations.ts'
import { readGolden } from './golden.ts'
import { groups } from './groups.ts'
import { programUnderTest } from './programs.ts'
import { runCase } from './run-case.ts'

/**
 * Prints the differences between the program under test and the reference client. Cases with the same difference are
 * grouped, the largest group first:
 *
 * node test/parity/report.ts [--group ps]… [--cases 8]
 */
const { values } = parseArgs({
  options: { group: { type: 'string', multiple: true }, cases: { type: 'string', default: '6' } },
})
const program = programUnderTest()
const causes = new Map<string, { text: string; names: string[]; commands: Set<string> }>()
let total = 0
let failed = 0

for (const group of groups.filter(({ name }) => values.group?.includes(name) ?? true)) {
  const golden = await readGolden(group.name)
  const pending = [...group.cases]
  const worker = async () => {
    for (let parityCase = pending.shift(); parityCase; parityCase = pending.shift())
      await compareCase(group.name, parityCase, golden.outcomes)
  }
  await Promise.all([worker(), worker(), worker()])
}
print()

async function compareCase(
  group: string,
  parityCase: ParityCase,
  outcomes: Awaited<ReturnType<typeof readGolden>>['outcomes'],
) {
  total++
  const name = caseName(parityCase)
  const recorded = outcomes[name]
  if (!recorded || deviationOf(group, name)) return
  const expected = comparable(expectedOf(recorded, program), parityCase)
  const outcome = await runCase(program, parityCase)
  const actual = comparable(outcome, parityCase)
  const parts = differences(expected, actual)
  const lines = parts.map((part) => difference(part, expected, actual))
  if (pings(outcome) > pings(recorded)) lines.push(`pings: ${pings(outcome)} instead of ${pings(recorded)}`)
  if (lines.length === 0) return
  failed++
  const text = lines.join('\n')
  const cause = causes.get(causeOf(text)) ?? { text, names: [], commands: new Set() }
  cause.names.push(name)
  cause.commands.add(group)
  causes.set(causeOf(text), cause)
}

/** Describes the first difference in a part. Later ones mostly follow from it. */
function difference(part: Part, expected: Comparable, actual: Comparable): string {
  const [left, right] = [elements(expected[part]), elements(actual[part])]
  const at = left.findIndex((element, position) => stableText(element) !== stableText(right[position]))
  const position = at < 0 ? left.length : at
  const [expectedLeaves, actualLeaves] = [leaves(left[position]), leaves(right[position])]
  const keys = [...new Set([...expectedLeaves.keys(), ...actualLeaves.keys()])].filter(
    (key) => expectedLeaves.get(key) !== actualLeaves.get(key),
  )
  const shown = keys
    .slice(0, 12)
    .map((key) => `${key}\n  docker ${expectedLeaves.get(key)}\n  tug    ${actualLeaves.get(key)}`)
  return [`${part} ${position}${shown.length > 0 && shown[0]?.startsWith('\n') ? '' : ' '}`, ...shown].join('')
}

function elements(value: Comparable[Part]): readonly unknown[] {
  if (typeof value === 'string') return value.split('\n')
  return Array.isArray(value) ? value : [value]
}

/** Returns every scalar of a value by its path; the path of a scalar itself is empty. */
function leaves(value: unknown, path = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, JSON.stringify(value) ?? '(nothing)']])
  const inner = Object.entries(value).flatMap(([key, item]) => [...leaves(item, `${path}.${key}`)])
  return new Map(inner.length > 0 ? inner : [[path, stableText(value)]])
}

/** Removes commands, ids and numbers from a difference, so that equal differences have the same key. */
function causeOf(text: string): string {
  return text
    .replaceAll(/'(docker|tug) [^']*'/g, "'$1 …'")
    .replaceAll(/\/(containers|images)\/[^/"]+/g, '/$1/…')
    .replaceAll(/\d+/g, '0')
}

function print(): void {
  const sorted = [...causes.values()].sort((a, b) => b.names.length - a.names.length || a.text.length - b.text.length)
  const shown = Number(values.cases)
  process.stdout.write(`${failed} of ${total} cases differ, in ${sorted.length} groups\n\n`)
  for (const { text, names, commands } of sorted) {
    process.stdout.write(`## ${names.length} × ${[...commands].join(', ')}\n`)
    process.stdout.write(
      `${text
        .split('\n')
        .map((line) => `    ${line.slice(0, 400)}`)
        .join('\n')}\n`,
    )
    for (const name of names.slice(0, shown)) process.stdout.write(`- ${name.slice(0, 200)}\n`)
    if (names.length > shown) process.stdout.write(`- … ${names.length - shown} more\n`)
    process.stdout.write('\n')
  }
}
