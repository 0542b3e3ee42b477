import type { TerminalSize } from '../../domain/terminal-size.ts'
import { formatLogLine } from '../../format/text/notices.ts'
import { BuildProgress, describeDockerBuilder } from '../progress/progress.ts'
import type { ProgressMode } from '../progress/settings.ts'
import { readProgressSettings } from '../progress/settings.ts'

export interface DisplayOptions {
  readonly mode: ProgressMode
  readonly err: {
    readonly isTerminal: boolean
    /** The terminal's size now; zeros if it is unknown. */
    readonly size: TerminalSize
    write(output: string | Uint8Array): void
  }
  readonly env: Readonly<Record<string, string | undefined>>
  /** The name of the builder. */
  readonly builder: string
  readonly now: () => Date
}

/** Opens the display of a build on stderr with the settings of the environment, and logs invalid settings. */
export function openDisplay({ mode, err, env, builder, now }: DisplayOptions): BuildProgress {
  const { problems, ...settings } = readProgressSettings(env)
  for (const { message, reason } of problems) {
    const { isTerminal } = err
    err.write(
      formatLogLine('warning', message, { isTerminal, now: now(), ...(reason === undefined ? {} : { error: reason }) }),
    )
  }
  return new BuildProgress({
    ...settings,
    mode,
    out: err,
    size: () => ({ columns: err.size.columns || 80, rows: err.size.rows || 24 }),
    descriptions: describeDockerBuilder(builder),
    now,
  })
}
