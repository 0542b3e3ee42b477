import { afterAll, describe, expect, test, vi } from 'vitest'
import { PLAIN_CASES, TERMINAL_CASES } from '../builder/progress/cases.ts'
import { BuildClient } from '../builder/progress/client.ts'
import { comparableText, settledEnd, withTimesOf } from '../builder/progress/compare.ts'
import { readGolden, readScreens } from '../builder/progress/golden.ts'
import { programUnderTest } from './programs.ts'

/**
 * The progress of scripted builds as the whole program shows it. The builds take as long as their scripts say, so only
 * some are run, and only ones that look the same when a busy machine draws late.
 */
vi.setConfig({ maxConcurrency: 4 })

const PLAIN = [
  'syntax error: --progress=plain',
  'warning meanwhile: --progress=plain',
  'excerpts inside one another: --progress=plain',
  'fails exhausted: --progress=plain',
  'refused: --progress=plain',
  'warnings: --progress=rawjson',
  'warnings: --progress=quiet',
  'warnings: --quiet=true',
  'quick: --progress=tty',
  'quick: --progress=wrong',
  'quick: --progress=plain --quiet=true',
  'nothing: BUILDKIT_COLORS=wrong --progress=plain',
]

const ON_TERMINALS = [
  'ordinary: 60x24',
  'cached: 80x24',
  'failing: 80x24',
  'canceled by another: 80x24 NO_COLOR=1',
  'failing: 80x24 BUILDKIT_COLORS=run=green:error=255,100,0',
  'warning meanwhile: 80x24',
  'groups: 80x24',
  'refused: 80x24',
]

/** How many seconds a busy machine may be late. */
const BUSY = 5

const client = new BuildClient(programUnderTest())
afterAll(() => client.close())

describe.concurrent('the program shows a build like docker', () => {
  const responses = readGolden('plain')
  const screens = readScreens()
  test.each(PLAIN.map((name) => ({ name })))('$name', async ({ name }) => {
    const buildCase = PLAIN_CASES.find((candidate) => candidate.name === name)
    const golden = responses[name]
    if (!buildCase || !golden) throw new Error('not recorded')
    const { stdout, stderr, exitCode } = await client.offTerminal(buildCase)
    expect(comparableText(stderr)).toBe(comparableText(golden.stderr))
    expect({ stdout, exitCode }).toEqual({ stdout: golden.stdout, exitCode: golden.exitCode })
  })
  test.each(ON_TERMINALS.map((name) => ({ name })))('$name', async ({ name }) => {
    const buildCase = TERMINAL_CASES.find((candidate) => candidate.name === name)
    const golden = screens[name]
    if (!buildCase || !golden) throw new Error('not recorded')
    const { end, exitCode } = await client.onTerminal({ ...buildCase, snapshots: [] })
    expect(withTimesOf(end, settledEnd(golden), BUSY)).toEqual(settledEnd(golden))
    expect(exitCode).toBe(golden.exitCode)
  })
})
