import { toSolveError } from '../../../src/builder/buildkit/control/solve-error.ts'
import { GrpcError } from '../../../src/builder/buildkit/grpc/status.ts'
import { formatFailure, formatWarnings } from '../../../src/builder/progress/diagnostics.ts'
import { BuildProgress, describeDockerBuilder } from '../../../src/builder/progress/progress.ts'
import { parseProgressMode, readProgressSettings } from '../../../src/builder/progress/settings.ts'
import type { TerminalSize } from '../../../src/domain/terminal-size.ts'
import { formatLogLine } from '../../../src/format/text/notices.ts'
import { type Moment, replay } from './replay.ts'
import type { Scenario } from './scenario.ts'
import { detailsOf } from './scripted-buildkit.ts'

export interface Stage {
  readonly scenario: Scenario
  readonly flags: { readonly progress?: string; readonly quiet?: boolean; readonly debug?: boolean }
  readonly env: Readonly<Record<string, string>>
  readonly write: (output: string | Uint8Array) => void
  /** The terminal's size; undefined off terminals. */
  readonly size?: () => TerminalSize
  readonly moments?: readonly Moment[]
  /** When the build is interrupted, in milliseconds since it began. */
  readonly interruptAt?: number
}

/** Shows a scenario as the build command does, and returns the exit code. */
export async function showBuild(stage: Stage): Promise<number> {
  const { scenario, flags, env, write, size, moments = [], interruptAt } = stage
  const settings = readProgressSettings(env)
  for (const { message, reason } of settings.problems) {
    const error = reason === undefined ? {} : { error: reason }
    write(formatLogLine('warning', message, { isTerminal: false, now: new Date(), ...error }))
  }
  const flag = flags.quiet ? 'quiet' : (flags.progress ?? 'auto')
  try {
    if (flags.quiet && flags.progress) throw new Error(`progress=${flags.progress} and quiet cannot be used together`)
    const mode = parseProgressMode(flag, env.BUILDKIT_PROGRESS, size !== undefined)
    const begin = () =>
      new BuildProgress({
        ...settings,
        mode,
        out: { write },
        size: size ?? (() => ({ columns: 0, rows: 0 })),
        descriptions: describeDockerBuilder('default'),
        now: () => new Date(),
      })
    const progress = await replay(scenario, begin, moments, interruptAt)
    if (flag !== 'quiet' && flag !== 'rawjson') write(formatWarnings(progress.warnings, flags.debug ?? false))
    const failure = interruptAt === undefined ? scenario.failure : { code: 1, message: 'context canceled' }
    if (!failure) return 0
    const error = new GrpcError(failure.code, failure.message, detailsOf(failure))
    const { text, exitCode } = formatFailure(toSolveError(error))
    write(text)
    return exitCode
  } catch (error) {
    write(`ERROR: ${error instanceof Error ? error.message : error}\n`)
    return 1
  }
}
