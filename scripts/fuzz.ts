/**
 * Runs tug with hostile inputs: `npm run fuzz [-- --seconds N] [--seed N] [--program FILE]`. Inputs after which it hangs, uses
 * much memory or prints a sentence of its runtime are kept in test/fuzz/corpus, which `npm test` repeats.
 */
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { problemOf } from '../test/fuzz/case.ts'
import { generateCase, randomFrom } from '../test/fuzz/generate.ts'

const ROOT = join(import.meta.dirname, '..')

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '180' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    program: { type: 'string' },
  },
})
const programs = values.program
  ? [[values.program]]
  : [[join(ROOT, 'dist/tug')], [process.execPath, join(ROOT, 'bin/tug.js')]]
const seed = Number(values.seed)
const end = Date.now() + Number(values.seconds) * 1000
const random = randomFrom(seed)
let count = 0
const found = new Map<string, string>()

async function work(): Promise<void> {
  while (Date.now() < end) {
    const fuzzCase = generateCase(random)
    // The executable starts faster, so that it gets most of the inputs.
    const program = programs[count++ % 5 === 4 ? programs.length - 1 : 0] ?? []
    const problem = await problemOf(program, fuzzCase)
    const key = `${problem} ${fuzzCase.args[0]}`
    if (problem === '' || found.has(key)) continue
    const text = JSON.stringify({ ...fuzzCase, problem }, undefined, 2)
    const name = createHash('sha256').update(text).digest('hex').slice(0, 12)
    found.set(key, name)
    writeFileSync(join(ROOT, 'test/fuzz/corpus', `${name}.json`), `${text}\n`)
    process.stdout.write(`${name}: ${fuzzCase.args.join(' ')} ${problem}\n`)
  }
}

process.stdout.write(`seed ${seed}\n`)
await Promise.all(Array.from({ length: 3 * availableParallelism() }, work))
process.stdout.write(`${count} inputs, ${found.size} problems\n`)
process.exitCode = found.size === 0 ? 0 : 1
