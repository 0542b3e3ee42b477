import { type ColorProblem, type ProgressColors, parseProgressColors } from './colors.ts'

/** The settings of the display in the environment. */
export interface ProgressSettings {
  readonly colors: ProgressColors
  /** The most rows of the log window of a running step. */
  readonly logRows: number
  /** Whether names are truncated. Off terminals only: on terminals they always are. */
  readonly hasShortNames: boolean
  readonly pauses: Pauses
  /** Invalid settings, which docker logs as warnings before the build. */
  readonly problems: readonly ColorProblem[]
}

/** The pauses between drawings, in milliseconds. */
export interface Pauses {
  /** The shortest time between two drawings. */
  readonly drawing: number
  /** The time after which stored events are drawn and the displayed times advance. */
  readonly waiting: number
}

const DEFAULT_LOG_ROWS = 6
const DEFAULT_PAUSES: Pauses = { drawing: 100, waiting: 150 }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads BUILDKIT_COLORS, NO_COLOR, BUILDKIT_TTY_LOG_LINES, PROGRESS_NO_TRUNC and TTY_DISPLAY_RATE. */
export function readProgressSettings(env: Environment): ProgressSettings {
  const rate = parsePositive(env.TTY_DISPLAY_RATE)
  return {
    ...parseProgressColors(env.BUILDKIT_COLORS, Boolean(env.NO_COLOR)),
    logRows: parsePositive(env.BUILDKIT_TTY_LOG_LINES) ?? DEFAULT_LOG_ROWS,
    hasShortNames: env.PROGRESS_NO_TRUNC === '0',
    pauses: rate === undefined ? DEFAULT_PAUSES : { drawing: rate, waiting: rate },
  }
}

/** Parses a positive integer; undefined for anything else. */
function parsePositive(text: string | undefined): number | undefined {
  return text !== undefined && /^\+?\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

/** The kind of display. */
export type ProgressMode = 'tty' | 'plain' | 'rawjson' | 'quiet'

/**
 * Resolves `--progress`: `auto` is the value of BUILDKIT_PROGRESS, or else `tty` on a terminal and `plain` off it.
 * @throws Error with docker's text for an unknown mode, and for `tty` without a terminal
 */
export function parseProgressMode(flag: string, environment: string | undefined, isTerminal: boolean): ProgressMode {
  const mode = flag === 'auto' && environment ? environment : flag
  switch (mode) {
    case '':
    case 'auto':
      return isTerminal ? 'tty' : 'plain'
    case 'tty':
      if (!isTerminal) throw new Error('failed to get console: provided file is not a console')
      return mode
    case 'plain':
    case 'rawjson':
    case 'quiet':
      return mode
    default:
      throw new Error(`invalid progress mode ${mode}`)
  }
}
