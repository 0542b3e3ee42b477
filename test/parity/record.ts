import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { caseName, type ParityGroup } from './case.ts'
import { comparable, differences, recordable, stableText } from './compare.ts'
import { type Golden, readGolden, repeatedNames, writeGolden } from './golden.ts'
import { groups } from './groups.ts'
import { referenceProgram, referenceVersion } from './programs.ts'
import { type Outcome, runCase } from './run-case.ts'

const NOT_RECORDED: Outcome = { exit: 'not recorded', stdout: '', stderr: '', wire: [] }

/** Records the outcomes of the reference client in the golden files of the parity groups. */
export async function record(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { group: { type: 'string', multiple: true }, check: { type: 'boolean' }, new: { type: 'boolean' } },
  })
  const unknown = values.group?.find((name) => !groups.some((group) => group.name === name))
  if (unknown !== undefined) throw new Error(`there is no parity group ${unknown}`)
  const reference = referenceVersion()
  const minor = Number(/version 28\.(\d+)/.exec(reference)?.[1])
  for (const group of groups.filter(({ name }) => values.group?.includes(name) ?? true)) {
    const { name, since = '28.0' } = group
    if (Number(since.split('.')[1]) > minor) {
      process.stderr.write(`${name} is skipped: it needs docker ${since} or later as REFERENCE\n`)
      continue
    }
    const repeated = repeatedNames(group)
    if (repeated.length > 0) throw new Error(`repeated cases in ${name}: ${repeated.join('; ')}`)
    const before = await readGolden(name)
    const golden = { reference, outcomes: await runGroup(group, values.new ? before : undefined) }
    if (values.check) reportChanges(group, before, golden)
    else await writeGolden(name, golden)
    process.stdout.write(`${name}: ${Object.keys(golden.outcomes).length} cases\n`)
  }
}

/** Runs the cases of a group in parallel. Outcomes that `known` has are taken from there. */
async function runGroup(group: ParityGroup, known?: Golden): Promise<Golden['outcomes']> {
  const program = referenceProgram()
  // The map is filled in the order of the cases, which the golden file keeps.
  const outcomes = new Map<string, Outcome>(group.cases.map((parityCase) => [caseName(parityCase), NOT_RECORDED]))
  const pending = [...group.cases]
  const worker = async () => {
    for (let next = pending.shift(); next; next = pending.shift()) {
      const name = caseName(next)
      const outcome = known?.outcomes[name] ?? recordable(await runCase(program, next), next)
      if (outcome.exit === 'timeout') process.stderr.write(`timeout: ${group.name}: ${name}\n`)
      outcomes.set(name, outcome)
    }
  }
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker))
  return Object.fromEntries(outcomes)
}

/** Reports the cases whose outcome has changed; a case whose outcome varies cannot have a golden. */
function reportChanges(group: ParityGroup, before: Golden, golden: Golden): void {
  for (const parityCase of group.cases) {
    const name = caseName(parityCase)
    const old = comparable(before.outcomes[name] ?? NOT_RECORDED, parityCase)
    const current = comparable(golden.outcomes[name] ?? NOT_RECORDED, parityCase)
    for (const part of differences(old, current)) {
      process.stderr.write(`changed: ${group.name}: ${name}: ${part}\n`)
      process.stderr.write(
        `  before ${stableText(old[part]).slice(0, 500)}\n  now    ${stableText(current[part]).slice(0, 500)}\n`,
      )
      process.exitCode = 1
    }
  }
}
