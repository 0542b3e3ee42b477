import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { caseName, type ParityGroup } from './case.ts'
import { comparable, differences, recordable, stableText } from './compare.ts'
import { type Golden, readGolden, repeatedNames, writeGolden } from './golden.ts'
import { groups } from './groups.ts'
import { referenceProgram } from './programs.ts'
import { type Outcome, runCase } from './run-case.ts'

/**
 * Records what the reference client does into golden files.
 *
 *     npm run parity:record                  every group
 *     npm run parity:record -- --group ps    one group (may be given often)
 *     npm run parity:record -- --new         only cases that have no outcome yet
 *     npm run parity:record -- --check       record again and compare, write nothing
 */
const { values } = parseArgs({
  options: { group: { type: 'string', multiple: true }, check: { type: 'boolean' }, new: { type: 'boolean' } },
})
const unrecorded: Outcome = { exit: 'unrecorded', stdout: '', stderr: '', wire: [] }
const program = referenceProgram()
const reference = execFileSync(program[0] ?? '', ['--version'], { encoding: 'utf8' }).trim()
if (!/version 28\./.test(reference)) throw new Error(`the reference is docker 28.x, but this is: ${reference}`)

const minor = Number(/version 28\.(\d+)/.exec(reference)?.[1])
const isKnown = ({ since = '28.0' }: ParityGroup) => Number(since.split('.')[1]) <= minor
const chosen = groups.filter((group) => values.group?.includes(group.name) ?? true)
for (const { name, since } of chosen.filter((group) => !isKnown(group))) {
  process.stderr.write(`${name} is left as it is: it takes docker ${since} or newer, as REFERENCE\n`)
}
for (const group of chosen.filter(isKnown)) {
  const repeated = repeatedNames(group)
  if (repeated.length > 0) throw new Error(`cases given twice in ${group.name}: ${repeated.join('; ')}`)
  const before = await readGolden(group.name)
  const golden = await record(group, before)
  if (values.check) report(group, before, golden)
  else await writeGolden(group.name, golden)
  process.stdout.write(`${group.name}: ${Object.keys(golden.outcomes).length} cases\n`)
}

async function record(group: ParityGroup, before: Golden): Promise<Golden> {
  const outcomes = new Map<string, Outcome>(group.cases.map((given) => [caseName(given), unrecorded]))
  const waiting = [...group.cases]
  const worker = async () => {
    for (let given = waiting.shift(); given; given = waiting.shift()) {
      const name = caseName(given)
      const known = values.new ? before.outcomes[name] : undefined
      const outcome = known ?? recordable(await runCase(program, given), given)
      if (outcome.exit === 'timeout') process.stderr.write(`timeout: ${group.name}: ${name}\n`)
      outcomes.set(name, outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  return { reference, outcomes: Object.fromEntries(outcomes) }
}

/** Names what the reference did otherwise this time; a case whose outcome is not stable cannot be a golden one. */
function report(group: ParityGroup, before: Golden, golden: Golden): void {
  for (const given of group.cases) {
    const name = caseName(given)
    const was = comparable(before.outcomes[name] ?? unrecorded, given)
    const is = comparable(golden.outcomes[name] ?? unrecorded, given)
    for (const part of differences(was, is)) {
      process.stderr.write(`changed: ${group.name}: ${name}: ${part}\n`)
      process.stderr.write(
        `  before ${stableText(was[part]).slice(0, 500)}\n  now    ${stableText(is[part]).slice(0, 500)}\n`,
      )
      process.exitCode = 1
    }
  }
}
