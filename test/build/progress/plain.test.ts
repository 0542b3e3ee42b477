import { describe, expect, test } from 'vitest'
import { logLine } from '../../../src/build/log-line.ts'
import { progressColors } from '../../../src/build/progress/colors.ts'
import { failureText } from '../../../src/build/progress/failure.ts'
import { progressMode } from '../../../src/build/progress/mode.ts'
import { BuildProgress, DEFAULT_PAUSES } from '../../../src/build/progress/progress.ts'
import { warningsText } from '../../../src/build/progress/warnings.ts'
import { PLAIN_CASES, type PlainCase } from './cases.ts'
import { type Answer, readGolden } from './golden.ts'
import { replay } from './replay.ts'

const goldens = readGolden('plain')

describe('a build off terminals is shown as buildx shows it', () => {
  test.each(PLAIN_CASES)('$name', async (plainCase) => {
    const golden = goldens[plainCase.name]
    if (!golden) throw new Error('not recorded')
    const { exitCode, stderr } = await shown(plainCase)
    expect(comparable(stderr)).toBe(comparable(golden.stderr))
    expect(exitCode).toBe(golden.exitCode)
  })
})

/** What the build command is to print of a scenario. */
async function shown({ scenario, flags, env }: PlainCase): Promise<Omit<Answer, 'stdout'>> {
  const output: Uint8Array[] = []
  const out = { write: (text: string | Uint8Array) => void output.push(Buffer.from(text)) }
  const { colors, complaints } = progressColors(env.BUILDKIT_COLORS, env.NO_COLOR !== undefined)
  for (const { message, reason } of complaints) {
    const error = reason === undefined ? {} : { error: reason }
    out.write(logLine('warning', message, { isTerminal: false, now: new Date(), ...error }))
  }
  const flag = flags.quiet ? 'quiet' : (flags.progress ?? 'auto')
  let exitCode = 0
  try {
    if (flags.quiet && flags.progress) throw new Error(`progress=${flags.progress} and quiet cannot be used together`)
    const mode = progressMode(flag, env.BUILDKIT_PROGRESS, false)
    const progress = await replay(
      scenario,
      () =>
        new BuildProgress({
          mode,
          out,
          colors,
          size: () => ({ columns: 80, rows: 24 }),
          logRows: 6,
          descriptions: { plain: 'building with "default" instance using docker driver', terminal: 'docker:default' },
          hasShortNames: env.PROGRESS_NO_TRUNC === '0',
          pauses: DEFAULT_PAUSES,
          now: () => new Date(),
        }),
    )
    if (flag !== 'quiet' && flag !== 'rawjson') out.write(warningsText(progress.warnings, flags.debug ?? false))
    if (scenario.failure) {
      const failure = failureText({ sources: [], ...scenario.failure })
      out.write(failure.text)
      exitCode = failure.exitCode
    }
  } catch (error) {
    out.write(`ERROR: ${error instanceof Error ? error.message : error}\n`)
    exitCode = 1
  }
  return { exitCode, stderr: Buffer.concat(output).toString('latin1') }
}

/** Leaves out what differs from run to run: the time, also of the log, and the order of warnings in the list of them. */
function comparable(text: string): string {
  return sortedWarnings(relativeTimes(text)).replace(/^time="[^"]*"/gm, 'time=""')
}

/** Times of JSON events in microseconds since the first one; before anything begins they are the daemon's own. */
function relativeTimes(text: string): string {
  const first = /"started":"((?!2026-01-02)[^"]*)"/.exec(text)?.[1]
  return text.replace(/(?<=":)"(\d{4}-\d\d-\d\dT[^"]*Z)"/g, (quoted: string, time: string) =>
    time.startsWith('2026-01-02') || first === undefined ? quoted : String((nanos(time) - nanos(first)) / 1000n),
  )
}

/** RFC 3339 in nanoseconds since 1970. */
function nanos(time: string): bigint {
  const fraction = /\.(\d+)Z/.exec(time)?.[1] ?? ''
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

function sortedWarnings(text: string): string {
  const [before, ...warnings] = text.replace(':\n\x1b[0m - ', ':\n\x1b[0m\n - ').split(/^(?= - )/m)
  return [before, ...warnings.sort()].join('')
}
