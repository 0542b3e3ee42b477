import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Response } from '../golden.ts'
import { comparable, FUZZED, type Fuzzed, ours } from './fuzzed.ts'

/** Recorded by `npm run record -- templates --record`. */
const responses: [Fuzzed, Response][] = JSON.parse(readFileSync(FUZZED, 'utf8'))

test.each(responses)('a template made up: %j', async (given, docker) => {
  expect(comparable(await ours(given))).toEqual(docker)
})
