import { textWidth } from '../../format/text/width.ts'
import type { ProgressColors } from './colors.ts'
import { formatAmount, formatSeconds, type Interval, sumSeconds } from './quantities.ts'
import type { Step } from './step.ts'
import type { BuildTrace } from './trace.ts'

/** A line of the terminal display: a step, a part of a step, or a warning. */
export interface Line {
  readonly name: string
  /** The progress; left out when it does not fit. */
  readonly amount: string
  /** The times during which it ran, by this machine's clock. */
  readonly intervals: readonly Interval[]
  readonly isCompleted: boolean
  readonly outcome: keyof ProgressColors
  /** Set on the line of a step itself, not on its parts and warnings. */
  readonly step?: Step
}

const PREFIX = ' => '
/** A line with fewer columns for its name is not displayed. */
const SHORTEST_NAME = 12
/** The amount is displayed when more columns than this are left for it and the name. */
const ROOM_FOR_AMOUNT = 20
/** Times below this many seconds are displayed as 0.0s. */
const SHORTEST_TIME = 0.05

const RESET = '\x1b[0m'

/** Returns all lines, which may be more than the terminal has. */
export function createLines({ steps, clockSkew }: BuildTrace): Line[] {
  return steps.flatMap((step) => [
    stepLine(step, clockSkew),
    ...partLines(step, clockSkew),
    ...warningLines(step, clockSkew),
  ])
}

/** Counts the completed steps and all steps. Each step of a group counts, and so does the group itself. */
export function countSteps({ byDigest }: BuildTrace): { done: number; total: number } {
  const visible = [...byDigest.values()].filter((step) => !step.isHidden)
  return { done: visible.filter((step) => step.isCompleted).length, total: visible.length }
}

/**
 * Formats a line as wide as the terminal, with its newline; undefined when it does not fit, or its step has not
 * started.
 * @param now nanoseconds since 1970
 */
export function formatLine(line: Line, columns: number, now: bigint, colors: ProgressColors): string | undefined {
  if (line.intervals.length === 0) return undefined
  const total = sumSeconds(line.intervals, now)
  const time = ` ${formatSeconds(total < SHORTEST_TIME ? 0 : total)}\n`
  const room = columns - PREFIX.length - time.length - 1
  const isAmountShown = line.amount !== '' && room + line.amount.length > ROOM_FOR_AMOUNT
  const nameRoom = isAmountShown ? room - line.amount.length - 1 : room
  if (nameRoom < SHORTEST_NAME) return undefined
  const name = truncateColumns(line.name, nameRoom)
  const text = alignEnds(`${PREFIX}${name}${isAmountShown ? ` ${line.amount}` : ''}`, time, columns)
  const color = line.isCompleted ? colors[line.outcome] : ''
  return color === '' ? text : `${color}${text}${RESET}`
}

/** Aligns two texts with both ends of a line. */
export function alignEnds(left: string, right: string, width: number): string {
  const padding = Math.abs(width - right.length - 1) - textWidth(left)
  return `${left}${' '.repeat(Math.max(0, padding))} ${right}`
}

/** Truncates a text to a number of columns. buildx counts bytes instead, which breaks the lines of other alphabets. */
export function truncateColumns(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  let fitting = ''
  let width = 0
  for (const { segment } of new Intl.Segmenter('en').segment(text)) {
    width += textWidth(segment)
    if (width > columns) break
    fitting += segment
  }
  return fitting
}

function stepLine(step: Step, skew: bigint): Line {
  const { vertex, isCanceled, hasFailed } = step
  const states = [vertex.isCached && 'CACHED', isCanceled && 'CANCELED', hasFailed && 'ERROR'].filter(Boolean)
  return {
    name: [...states, vertex.name.replaceAll('\t', ' ')].join(' '),
    amount: '',
    intervals: step.intervals.map((interval) => shiftInterval(interval, skew)),
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
      started === undefined ? { start: 0n, stop: 0n } : shiftInterval({ start: started, stop: completed }, skew)
    const isCompleted = completed !== undefined
    return [
      { name: `=> ${id}`, amount: formatAmount(part), intervals: [interval], isCompleted, outcome: 'run' as const },
    ]
  })
}

function warningLines({ warnings, intervals }: Step, skew: bigint): Line[] {
  const last = intervals.slice(-1).map((interval) => shiftInterval(interval, skew))
  return warnings.map(({ short }) => {
    const name = `WARN: ${new TextDecoder().decode(short)}`
    return { name, amount: '', intervals: last, isCompleted: false, outcome: 'cancel' }
  })
}

function shiftInterval({ start, stop }: Interval, skew: bigint): Interval {
  return { start: start + skew, stop: stop === undefined ? undefined : stop + skew }
}
