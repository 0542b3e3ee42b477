import { describe, expect, test } from 'vitest'
import { readProgressSettings } from '../../../src/builder/progress/settings.ts'
import { type Scenario, Script } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { Screen } from './screen.ts'
import { showBuild } from './show-build.ts'

/** Returns the rows of the last screen without colors. */
async function endOf(scenario: Scenario, columns: number): Promise<string[]> {
  const screen = new Screen(columns, 24)
  const write = (output: string | Uint8Array) => screen.write(Buffer.from(output).toString().replaceAll('\n', '\r\n'))
  await showBuild({ scenario, env: {}, flags: {}, write, size: () => ({ columns, rows: 24 }) })
  return (await screen.allRows()).map((row) => row.replace(/^[^|]*\|/, '')).filter((row) => row.trim() !== '')
}

describe('on a terminal, where the display of buildx is broken', () => {
  test.each([
    60, 80, 100,
  ])('names and logs with characters of two columns do not break lines: %i columns', async (columns) => {
    const scenario = SCENARIOS['foreign logs']
    if (!scenario) throw new Error('no scenario')
    const [, head = '', step = '', ...more] = await endOf(scenario, columns)
    expect(head).toMatch(/^\[\+\] Building 1\.2s \(1\/1\) FINISHED +docker:default$/)
    expect(step).toMatch(/^ => \[4\/5\] RUN echo „Grüße, .* 1\.2s$/)
    expect(more).toEqual([])
  })

  test('shows a warning that arrives after its step has ended', async () => {
    const step = '[internal] load build definition from Dockerfile'
    const scenario = new Script().started(5, step).done(250, step).warn(500, step, { text: 'Rule: careful' }).end()
    const rows = await endOf(scenario, 80)
    expect(rows.slice(2)).toEqual([
      expect.stringMatching(/^ => \[internal\] load build definition from Dockerfile +0\.2s$/),
      expect.stringMatching(/^ => WARN: Rule: careful +0\.2s$/),
      ' 1 warning found (use docker --debug to expand):',
      ' - Rule: careful',
    ])
  })
})

test.each([
  { env: {}, logRows: 6, hasShortNames: false, drawing: 100, waiting: 150 },
  { env: { BUILDKIT_TTY_LOG_LINES: '12' }, logRows: 12 },
  { env: { BUILDKIT_TTY_LOG_LINES: '0' }, logRows: 6 },
  { env: { BUILDKIT_TTY_LOG_LINES: '1.5' }, logRows: 6 },
  { env: { PROGRESS_NO_TRUNC: '0' }, hasShortNames: true },
  { env: { PROGRESS_NO_TRUNC: '1' }, hasShortNames: false },
  { env: { TTY_DISPLAY_RATE: '20' }, drawing: 20, waiting: 20 },
  { env: { TTY_DISPLAY_RATE: '0' }, drawing: 100, waiting: 150 },
  { env: { TTY_DISPLAY_RATE: 'fast' }, drawing: 100, waiting: 150 },
])('environment variables configure the display: $env', ({ env, ...expected }) => {
  const { pauses, logRows, hasShortNames } = readProgressSettings(env)
  expect({ logRows, hasShortNames, ...pauses }).toMatchObject(expected)
})
