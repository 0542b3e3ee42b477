import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import { type FuzzCase, problemOf } from '../fuzz/case.ts'
import { nodeProgram, programUnderTest } from './programs.ts'

vi.setConfig({ maxConcurrency: 4 })

const CORPUS = new URL('../fuzz/corpus/', import.meta.url)

/** The inputs that once were a problem (`npm run fuzz`). */
const cases = readdirSync(CORPUS)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, FuzzCase] => [name, JSON.parse(readFileSync(new URL(name, CORPUS), 'utf8'))])

const forms = [programUnderTest(), nodeProgram()].filter((program) => program !== undefined)

describe.concurrent.each(forms)('%s', (...program) => {
  test.each(cases)('handles %s of the corpus', async (_, fuzzCase) => {
    expect(await problemOf(program, fuzzCase)).toBe('')
  })
})
