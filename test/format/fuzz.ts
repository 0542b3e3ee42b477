import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { read, TEMPLATE_ROWS } from './cases/lists.ts'
import type { Response } from './golden.ts'
import { startReference } from './reference.ts'
import { INSPECT_WORDS, mutated, PS_WORDS, templates } from './templates/grammar.ts'
import { comparable, FUZZED, type Fuzzed, ours } from './templates/tried.ts'

/**
 * Tries templates that nobody has thought of on the reference client and on ours:
 *
 *     node test/format/fuzz.ts                        2,000 templates, others every time
 *     node test/format/fuzz.ts --seed 7 --count 500   these, again
 *     node test/format/fuzz.ts --seed 7 --record      these, and keep what docker responds
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
const ask = ({ on, template }: Fuzzed): Promise<Response> =>
  docker(
    on === 'ps' ? ['ps', '--no-trunc', `--format=${template}`] : ['container', 'inspect', `--format=${template}`, 'x'],
  )

const responses: [Fuzzed, Response][] = []
let different = 0
for (const given of fc.sample(arbitrary, { seed, numRuns })) {
  // These mean no template at all.
  if (['', 'table', 'json', 'raw', 'pretty'].includes(given.template)) continue
  const theirs = comparable(await ask(given))
  responses.push([given, theirs])
  const mine = comparable(await ours(given))
  if (JSON.stringify(mine) === JSON.stringify(theirs)) continue
  different++
  process.stdout.write(
    `${given.on} ${JSON.stringify(given.template)}\n  docker ${JSON.stringify(theirs)}\n  tug    ${JSON.stringify(mine)}\n`,
  )
}
close()
process.stdout.write(`seed ${seed}: ${different} of ${numRuns} differ\n`)
if (values.record) writeFileSync(FUZZED, `${JSON.stringify(responses, null, 1)}\n`)
else if (different > 0) process.exitCode = 1
