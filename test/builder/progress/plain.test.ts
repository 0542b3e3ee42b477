import { describe, expect, test } from 'vitest'
import { PLAIN_CASES } from './cases.ts'
import { comparableText } from './compare.ts'
import { readGolden } from './golden.ts'
import { showBuild } from './show-build.ts'

const goldens = readGolden('plain')

describe('prints a build off terminals like buildx', () => {
  test.each(PLAIN_CASES)('$name', async (plainCase) => {
    const golden = goldens[plainCase.name]
    if (!golden) throw new Error('not recorded')
    const output: Uint8Array[] = []
    const exitCode = await showBuild({ ...plainCase, write: (text) => void output.push(Buffer.from(text)) })
    expect(comparableText(Buffer.concat(output).toString('latin1'))).toBe(comparableText(golden.stderr))
    expect(exitCode).toBe(golden.exitCode)
  })
})
