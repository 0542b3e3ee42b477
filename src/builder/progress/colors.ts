import { parseCsvRecord } from '../../domain/go/csv.ts'

/** The escape sequences that lines begin with, by outcome; empty for no color. */
export interface ProgressColors {
  readonly run: string
  readonly cancel: string
  readonly error: string
}

/** A problem with BUILDKIT_COLORS, with the texts that docker logs. */
export interface ColorProblem {
  readonly message: string
  readonly reason?: string
}

const DEFAULTS: ProgressColors = { run: sgr(34), cancel: sgr(33), error: sgr(31) }
const NONE: ProgressColors = { run: '', cancel: '', error: '' }

const BASE = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white']
const NAMED: ReadonlyMap<string, string> = new Map([
  ['default', sgr(39)],
  ...BASE.map((name, index): [string, string] => [name, sgr(30 + index)]),
  ...BASE.map((name, index): [string, string] => [`light-${name}`, sgr(90 + index)]),
])

/** The keys of BUILDKIT_COLORS. `warning` is accepted without effect, as in buildx. */
const KEYS = ['run', 'cancel', 'error', 'warning']

/**
 * Returns the colors of the terminal display. The defaults are blue for completed, yellow for canceled and red for
 * failed steps; BUILDKIT_COLORS overrides them (`run=green:error=255,100,0`).
 * @param text the value of BUILDKIT_COLORS; undefined when it is not set
 * @param isColorless whether NO_COLOR is set
 */
export function parseProgressColors(
  text: string | undefined,
  isColorless: boolean,
): { colors: ProgressColors; problems: ColorProblem[] } {
  const problems: ColorProblem[] = []
  if (isColorless) return { colors: NONE, problems }
  const chosen: Record<string, string> = {}
  for (const rule of text === undefined ? [] : parseRules(text, problems)) {
    const [key = '', value, ...more] = rule.split('=')
    if (value === undefined || more.length > 0) {
      problems.push({
        message: `Could not parse BUILDKIT_COLORS component: ${rule}`,
        reason: 'valid entry must have exactly two fields',
      })
      continue
    }
    const name = key.toLowerCase()
    const color = colorOf(name, value, problems)
    if (color === undefined) continue
    if (KEYS.includes(name)) chosen[name] = color
    else problems.push({ message: `${UNKNOWN_KEY}: ${name}` })
  }
  return { colors: { ...DEFAULTS, ...chosen }, problems }
}

const UNKNOWN_KEY = 'Unknown key found in BUILDKIT_COLORS (expected: run, cancel, error, or warning)'

function parseRules(text: string, problems: ColorProblem[]): string[] {
  try {
    return parseCsvRecord(swapSeparators(text)).map(swapSeparators)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    problems.push({ message: 'could not parse BUILDKIT_COLORS. Falling back to defaults.', reason })
    return []
  }
}

/** Exchanges colons and commas, because BUILDKIT_COLORS is CSV with colons and the CSV reader supports commas only. */
function swapSeparators(text: string): string {
  return text.replace(/[:,]/g, (separator) => (separator === ':' ? ',' : ':'))
}

function colorOf(key: string, value: string, problems: ColorProblem[]): string | undefined {
  const named = NAMED.get(value.toLowerCase())
  if (named !== undefined) return named
  if (value.includes(',')) return rgbColor(value, problems)
  problems.push({
    message: `Unknown color value found in BUILDKIT_COLORS: ${key}=${value}`,
    reason: 'colors must be a name from the pre-defined list or a valid 3-part RGB value',
  })
  return undefined
}

/** Returns the nearest color of the 6x6x6 cube that terminals with 256 colors have. */
function rgbColor(value: string, problems: ColorProblem[]): string | undefined {
  const fields = value.split(',')
  if (fields.length !== 3) {
    problems.push({
      message: `Could not parse value ${value} as valid RGB color. Ignoring.`,
      reason: 'valid RGB color must have three fields',
    })
    return undefined
  }
  const fault = fields.map(rgbFault).find((reason) => reason !== undefined)
  if (fault !== undefined) {
    problems.push({
      message: `A field in BUILDKIT_COLORS appears to contain an RGB value that is ${fault}: ${value}`,
    })
    return undefined
  }
  const [red = 0, green = 0, blue = 0] = fields.map((field) => Math.trunc(Number(field) / 43))
  return `\x1b[38;5;${16 + 36 * red + 6 * green + blue}m`
}

function rgbFault(field: string): string | undefined {
  if (!/^[+-]?\d+$/.test(field)) return 'not an integer'
  return Number(field) < 0 || Number(field) > 255 ? 'not within the valid range of 0-255' : undefined
}

function sgr(code: number): string {
  return `\x1b[${code}m`
}
