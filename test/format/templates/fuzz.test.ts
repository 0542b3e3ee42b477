import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Answer } from '../golden.ts'
import { comparable, FUZZED, type Fuzzed, ours } from './tried.ts'

/** Recorded by fuzz.ts. */
const answers: [Fuzzed, Answer][] = JSON.parse(readFileSync(FUZZED, 'utf8'))

test.each(answers)('a template made up: %j', async (given, docker) => {
  expect(comparable(await ours(given))).toEqual(docker)
})
