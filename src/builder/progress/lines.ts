import { textWidth } from '../../format/text/width.ts'
import type { ProgressColors } from './colors.ts'
import { amountText, type Interval, secondsText, totalSeconds } from './quantities.ts'
import type { Step } from './step.ts'
import type { BuildTrace } from './trace.ts'

/** A line of the terminal display: a step, one of its parts, or a warning. */
export interface Line {
  readonly name: string
  /** How far it is; left out where it does not fit. */
  readonly amount: string
  /** When it ran, by this machine's clock. */
  readonly intervals: readonly Interval[]
  readonly isCompleted: boolean
  readonly outcome: keyof ProgressColors
  /** Of a step's own line. */
  readonly step?: Step
}

const PREFIX = ' => '
/** With fewer columns for names nothing is shown. */
const SHORTEST_NAME = 12
/** An amount is shown where that many columns are left for it and the name. */
const ROOM_FOR_AMOUNT = 20
/** Less is shown as 0.0s. Seconds. */
const SHORTEST_TIME = 0.05

const RESET = '\x1b[0m'

/** All lines, also more than a terminal has. */
export function linesOf({ steps, clockSkew }: BuildTrace): Line[] {
  return steps.flatMap((step) => [
    stepLine(step, clockSkew),
    ...partLines(step, clockSkew),
    ...warningLines(step, clockSkew),
  ])
}

/** How many steps are over, and how many there are. Each step of a group counts, and so does the group. */
export function countSteps({ byDigest }: BuildTrace): { done: number; total: number } {
  const shown = [...byDigest.values()].filter((step) => !step.isHidden)
  return { done: shown.filter((step) => step.isCompleted).length, total: shown.length }
}

/**
 * A line as wide as the terminal, with its newline; undefined where it does not fit at all, or has not begun.
 * @param now nanoseconds since 1970
 */
export function lineText(line: Line, columns: number, now: bigint, colors: ProgressColors): string | undefined {
  if (line.intervals.length === 0) return undefined
  const total = totalSeconds(line.intervals, now)
  const time = ` ${secondsText(total < SHORTEST_TIME ? 0 : total)}\n`
  const room = columns - PREFIX.length - time.length - 1
  const isAmountShown = line.amount !== '' && room + line.amount.length > ROOM_FOR_AMOUNT
  const nameRoom = isAmountShown ? room - line.amount.length - 1 : room
  if (nameRoom < SHORTEST_NAME) return undefined
  const name = firstColumns(line.name, nameRoom)
  const text = aligned(`${PREFIX}${name}${isAmountShown ? ` ${line.amount}` : ''}`, time, columns)
  const color = line.isCompleted ? colors[line.outcome] : ''
  return color === '' ? text : `${color}${text}${RESET}`
}

/** Two texts at both ends of a line. */
export function aligned(left: string, right: string, width: number): string {
  const padding = Math.abs(width - right.length - 1) - textWidth(left)
  return `${left}${' '.repeat(Math.max(0, padding))} ${right}`
}

/** As many characters as fit into that many columns. buildx counts bytes, and breaks lines of other alphabets. */
export function firstColumns(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    width += textWidth(segment)
    if (width > columns) break
    kept += segment
  }
  return kept
}

function stepLine(step: Step, skew: bigint): Line {
  const { vertex, isCanceled, hasFailed } = step
  const states = [vertex.isCached && 'CACHED', isCanceled && 'CANCELED', hasFailed && 'ERROR'].filter(Boolean)
  return {
    name: [...states, vertex.name.replaceAll('\t', ' ')].join(' '),
    amount: '',
    intervals: step.intervals.map((interval) => shifted(interval, skew)),
    isCompleted: step.intervals.every(({ stop }) => stop !== undefined),
    outcome: isCanceled ? 'cancel' : hasFailed ? 'error' : 'run',
    step,
  }
}

function partLines({ partIds, parts }: Step, skew: bigint): Line[] {
  return partIds.flatMap((id) => {
    const part = parts.get(id)
    if (part === undefined) return []
    const { started, completed } = part
    const interval =
      started === undefined ? { start: 0n, stop: 0n } : shifted({ start: started, stop: completed }, skew)
    const isCompleted = completed !== undefined
    return [{ name: `=> ${id}`, amount: amountText(part), intervals: [interval], isCompleted, outcome: 'run' as const }]
  })
}

function warningLines({ warnings, intervals }: Step, skew: bigint): Line[] {
  const last = intervals.slice(-1).map((interval) => shifted(interval, skew))
  return warnings.map(({ short }) => {
    const name = `WARN: ${new TextDecoder().decode(short)}`
    return { name, amount: '', intervals: last, isCompleted: false, outcome: 'cancel' }
  })
}

function shifted({ start, stop }: Interval, skew: bigint): Interval {
  return { start: start + skew, stop: stop === undefined ? undefined : stop + skew }
}
