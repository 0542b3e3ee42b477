import { type ColorComplaint, type ProgressColors, progressColors } from './colors.ts'

/** What the environment says of the display. */
export interface ProgressSettings {
  readonly colors: ProgressColors
  /** The most rows that the window on a running step's log has. */
  readonly logRows: number
  /** Whether names are cut. Off terminals only: there they have to fit. */
  readonly hasShortNames: boolean
  readonly pauses: Pauses
  /** What it says that cannot be meant; docker logs these as warnings before it does anything. */
  readonly complaints: readonly ColorComplaint[]
}

/** Milliseconds. */
export interface Pauses {
  /** Between two drawings. */
  readonly drawing: number
  /** After which what waits is drawn, and the times move on. */
  readonly waiting: number
}

const DEFAULT_LOG_ROWS = 6
const DEFAULT_PAUSES: Pauses = { drawing: 100, waiting: 150 }

type Environment = Readonly<Record<string, string | undefined>>

/** Reads BUILDKIT_COLORS, NO_COLOR, BUILDKIT_TTY_LOG_LINES, PROGRESS_NO_TRUNC and TTY_DISPLAY_RATE. */
export function progressSettings(env: Environment): ProgressSettings {
  const rate = positive(env.TTY_DISPLAY_RATE)
  return {
    ...progressColors(env.BUILDKIT_COLORS, Boolean(env.NO_COLOR)),
    logRows: positive(env.BUILDKIT_TTY_LOG_LINES) ?? DEFAULT_LOG_ROWS,
    hasShortNames: env.PROGRESS_NO_TRUNC === '0',
    pauses: rate === undefined ? DEFAULT_PAUSES : { drawing: rate, waiting: rate },
  }
}

/** A whole number from 1 on; undefined for everything else. */
function positive(text: string | undefined): number | undefined {
  return text !== undefined && /^\+?\d+$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

/** How a build is shown. */
export type ProgressMode = 'tty' | 'plain' | 'rawjson' | 'quiet'

/**
 * What `--progress` means here: `auto` is what BUILDKIT_PROGRESS says, else `tty` on a terminal and `plain` off it.
 * @throws Error with docker's reason for what it does not know, and for `tty` off a terminal
 */
export function progressMode(flag: string, environment: string | undefined, isTerminal: boolean): ProgressMode {
  const wanted = flag === 'auto' && environment ? environment : flag
  switch (wanted) {
    case '':
    case 'auto':
      return isTerminal ? 'tty' : 'plain'
    case 'tty':
      if (!isTerminal) throw new Error('failed to get console: provided file is not a console')
      return wanted
    case 'plain':
    case 'rawjson':
    case 'quiet':
      return wanted
    default:
      throw new Error(`invalid progress mode ${wanted}`)
  }
}
