import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Response } from '../golden.ts'
import { comparable, FUZZED, type Fuzzed, runTug } from './fuzzed.ts'

/** docker's output for generated templates, recorded by record.ts. */
const responses: [Fuzzed, Response][] = JSON.parse(readFileSync(FUZZED, 'utf8'))

test.each(responses)('executes the generated template %j as docker does', async (generated, docker) => {
  expect(comparable(await runTug(generated))).toEqual(docker)
})
