import { logLine } from '../../../src/build/log-line.ts'
import { progressColors } from '../../../src/build/progress/colors.ts'
import { failureText } from '../../../src/build/progress/failure.ts'
import { progressMode } from '../../../src/build/progress/mode.ts'
import { BuildProgress, DEFAULT_PAUSES } from '../../../src/build/progress/progress.ts'
import type { TerminalSize } from '../../../src/build/progress/terminal-display.ts'
import { logRows } from '../../../src/build/progress/terminal-display.ts'
import { warningsText } from '../../../src/build/progress/warnings.ts'
import { type Moment, replay } from './replay.ts'
import type { Scenario } from './scenario.ts'

export interface Stage {
  readonly scenario: Scenario
  readonly flags: { readonly progress?: string; readonly quiet?: boolean; readonly debug?: boolean }
  readonly env: Readonly<Record<string, string>>
  readonly write: (output: string | Uint8Array) => void
  /** The terminal's size; undefined off terminals. */
  readonly size?: () => TerminalSize
  readonly moments?: readonly Moment[]
}

/** Shows a scenario as the build command is to. @returns its exit code */
export async function showBuild({ scenario, flags, env, write, size, moments = [] }: Stage): Promise<number> {
  const { colors, complaints } = progressColors(env.BUILDKIT_COLORS, env.NO_COLOR !== undefined)
  for (const { message, reason } of complaints) {
    const error = reason === undefined ? {} : { error: reason }
    write(logLine('warning', message, { isTerminal: false, now: new Date(), ...error }))
  }
  const flag = flags.quiet ? 'quiet' : (flags.progress ?? 'auto')
  try {
    if (flags.quiet && flags.progress) throw new Error(`progress=${flags.progress} and quiet cannot be used together`)
    const mode = progressMode(flag, env.BUILDKIT_PROGRESS, size !== undefined)
    const begin = () =>
      new BuildProgress({
        mode,
        out: { write },
        colors,
        size: size ?? (() => ({ columns: 0, rows: 0 })),
        logRows: logRows(env.BUILDKIT_TTY_LOG_LINES),
        descriptions: { plain: 'building with "default" instance using docker driver', terminal: 'docker:default' },
        hasShortNames: env.PROGRESS_NO_TRUNC === '0',
        pauses: DEFAULT_PAUSES,
        now: () => new Date(),
      })
    const progress = await replay(scenario, begin, moments)
    if (flag !== 'quiet' && flag !== 'rawjson') write(warningsText(progress.warnings, flags.debug ?? false))
    if (!scenario.failure) return 0
    const { text, exitCode } = failureText({ sources: [], ...scenario.failure })
    write(text)
    return exitCode
  } catch (error) {
    write(`ERROR: ${error instanceof Error ? error.message : error}\n`)
    return 1
  }
}
