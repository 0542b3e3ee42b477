import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { read, TEMPLATE_ROWS } from '../cases/lists.ts'
import type { Response } from '../golden.ts'
import { startReference } from '../reference.ts'
import { comparable, FUZZED, type Fuzzed, runTug } from './fuzzed.ts'
import { INSPECT_WORDS, mutated, PS_WORDS, templates } from './grammar.ts'

const arbitrary = fc.oneof(
  fc.record({ on: fc.constant('ps' as const), template: fc.oneof(templates(PS_WORDS), mutated(PS_WORDS)) }),
  fc.record({
    on: fc.constant('inspect' as const),
    template: fc.oneof(templates(INSPECT_WORDS), mutated(INSPECT_WORDS)),
  }),
)

/**
 * Runs random templates with the reference client and with our formatter, and prints where they differ. With `--record`
 * it keeps what docker prints.
 */
export async function record(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string' }, count: { type: 'string', default: '2000' }, record: { type: 'boolean' } },
  })
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const numRuns = Number(values.count)
  const { bodies, docker, close } = await startReference()
  bodies.set('/containers/json', JSON.stringify(TEMPLATE_ROWS))
  bodies.set('/containers/x/json', read('container.json'))
  const formatWithDocker = ({ on, template }: Fuzzed): Promise<Response> =>
    docker(
      on === 'ps'
        ? ['ps', '--no-trunc', `--format=${template}`]
        : ['container', 'inspect', `--format=${template}`, 'x'],
    )

  const responses: [Fuzzed, Response][] = []
  let different = 0
  for (const sample of fc.sample(arbitrary, { seed, numRuns })) {
    // These words are not templates.
    if (['', 'table', 'json', 'raw', 'pretty'].includes(sample.template)) continue
    const theirs = comparable(await formatWithDocker(sample))
    responses.push([sample, theirs])
    const mine = comparable(await runTug(sample))
    if (JSON.stringify(mine) === JSON.stringify(theirs)) continue
    different++
    process.stdout.write(
      `${sample.on} ${JSON.stringify(sample.template)}\n  docker ${JSON.stringify(theirs)}\n  tug    ${JSON.stringify(mine)}\n`,
    )
  }
  close()
  process.stdout.write(`seed ${seed}: ${different} of ${numRuns} differ\n`)
  if (values.record) writeFileSync(FUZZED, `${JSON.stringify(responses, null, 1)}\n`)
  else if (different > 0) process.exitCode = 1
}
