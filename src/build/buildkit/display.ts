import { logLine } from '../log-line.ts'
import { progressColors } from '../progress/colors.ts'
import type { ProgressMode } from '../progress/mode.ts'
import { BuildProgress, DEFAULT_PAUSES } from '../progress/progress.ts'

const LOG_ROWS = 6

export interface DisplayOptions {
  readonly mode: ProgressMode
  readonly err: {
    readonly isTerminal: boolean
    readonly stream: NodeJS.WriteStream
    write(output: string | Uint8Array): void
  }
  readonly env: Readonly<Record<string, string | undefined>>
  /** The builder's name. */
  readonly builder: string
  readonly now: () => Date
}

/** Starts to show a build on stderr, as the environment wants it: BUILDKIT_COLORS, NO_COLOR and the like. */
export function openDisplay({ mode, err, env, builder, now }: DisplayOptions): BuildProgress {
  const { colors, complaints } = progressColors(env.BUILDKIT_COLORS, env.NO_COLOR !== undefined)
  for (const { message, reason } of complaints) {
    const { isTerminal } = err
    err.write(
      logLine('warning', message, { isTerminal, now: now(), ...(reason === undefined ? {} : { error: reason }) }),
    )
  }
  return new BuildProgress({
    mode,
    out: err,
    size: () => ({ columns: err.stream.columns ?? 80, rows: err.stream.rows ?? 24 }),
    colors,
    logRows: wholeNumber(env.BUILDKIT_TTY_LOG_LINES) ?? LOG_ROWS,
    descriptions: {
      plain: `building with ${JSON.stringify(builder)} instance using docker driver`,
      terminal: `docker:${builder}`,
    },
    hasShortNames: env.PROGRESS_NO_TRUNC === '0',
    pauses: { ...DEFAULT_PAUSES, drawing: wholeNumber(env.TTY_DISPLAY_RATE) ?? DEFAULT_PAUSES.drawing },
    now,
  })
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}
