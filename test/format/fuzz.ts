import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { read, TEMPLATE_ROWS } from './cases/lists.ts'
import type { Response } from './golden.ts'
import { startReference } from './reference.ts'
import { INSPECT_WORDS, mutated, PS_WORDS, templates } from './templates/grammar.ts'
import { comparable, FUZZED, type Fuzzed, runTug } from './templates/tried.ts'

/**
 * Compares docker and tug on generated templates. docker 28 must be on PATH.
 *
 *     node test/format/fuzz.ts                        2,000 random templates
 *     node test/format/fuzz.ts --seed 7 --count 500   the templates of a seed
 *     node test/format/fuzz.ts --seed 7 --record      the same, and records docker's output
 */
const { values } = parseArgs({
  options: { seed: { type: 'string' }, count: { type: 'string', default: '2000' }, record: { type: 'boolean' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const numRuns = Number(values.count)
const arbitrary = fc.oneof(
  fc.record({ on: fc.constant('ps' as const), template: fc.oneof(templates(PS_WORDS), mutated(PS_WORDS)) }),
  fc.record({
    on: fc.constant('inspect' as const),
    template: fc.oneof(templates(INSPECT_WORDS), mutated(INSPECT_WORDS)),
  }),
)

const { bodies, docker, close } = await startReference()
bodies.set('/containers/json', JSON.stringify(TEMPLATE_ROWS))
bodies.set('/containers/x/json', read('container.json'))
const runDocker = ({ on, template }: Fuzzed): Promise<Response> =>
  docker(
    on === 'ps' ? ['ps', '--no-trunc', `--format=${template}`] : ['container', 'inspect', `--format=${template}`, 'x'],
  )

const responses: [Fuzzed, Response][] = []
let differences = 0
for (const generated of fc.sample(arbitrary, { seed, numRuns })) {
  // These formats are not templates.
  if (['', 'table', 'json', 'raw', 'pretty'].includes(generated.template)) continue
  const theirs = comparable(await runDocker(generated))
  responses.push([generated, theirs])
  const ours = comparable(await runTug(generated))
  if (JSON.stringify(ours) === JSON.stringify(theirs)) continue
  differences++
  process.stdout.write(
    `${generated.on} ${JSON.stringify(generated.template)}\n  docker ${JSON.stringify(theirs)}\n  tug    ${JSON.stringify(ours)}\n`,
  )
}
close()
process.stdout.write(`seed ${seed}: ${differences} of ${numRuns} differ\n`)
if (values.record) writeFileSync(FUZZED, `${JSON.stringify(responses, null, 1)}\n`)
else if (differences > 0) process.exitCode = 1
