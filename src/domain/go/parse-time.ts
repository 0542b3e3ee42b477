// Go's time.Parse, for layouts of years, months, days, hours, minutes, seconds, fractions and offsets.
import { quoteForTime } from './duration.ts'
import { utcSeconds } from './instant.ts'

/** A time as it was typed. */
export interface ParsedTime {
  /** Unix seconds, as if the time were in UTC. */
  readonly utcSeconds: number
  readonly nanoseconds: number
  /** Seconds east of Greenwich; undefined without a zone. */
  readonly offset: number | undefined
}

/** The elements of a layout, and the text between them. */
const ELEMENT = /2006|01|02|15|04|05|\.999999999|Z07:00/

/** What was parsed so far, and the rest of the text, one character for each byte. */
interface State {
  rest: string
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  nanoseconds: number
  offset: number | undefined
}

/** The text does not have the element. */
class InvalidElement extends Error {}

/** The name of a part whose number is too large, and the error that follows from it. */
class OutOfRange extends Error {}

/**
 * Parses a time in one of Go's layouts (`time.Parse`). Hours may have one digit, and a fraction may follow the seconds.
 * @throws Error with Go's message
 */
export function parseGoTime(layout: string, text: string): ParsedTime {
  // Go's strings are bytes, and its messages quote what remains of them.
  const value = Buffer.from(text).toString('latin1')
  const quote = (part: string) => quoteForTime(Buffer.from(part, 'latin1'))
  const unlike = (rest: string, element: string) =>
    new Error(`parsing time ${quote(value)} as ${quote(layout)}: cannot parse ${quote(rest)} as ${quote(element)}`)
  const state: State = {
    rest: value,
    year: 0,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    nanoseconds: 0,
    offset: undefined,
  }
  let remaining = layout
  for (;;) {
    const match = ELEMENT.exec(remaining)
    const prefix = remaining.slice(0, match?.index)
    let matched = 0
    while (matched < prefix.length && state.rest[matched] === prefix[matched]) matched++
    state.rest = state.rest.slice(matched)
    if (matched < prefix.length) throw unlike(state.rest, prefix)
    if (match === null) break
    const [element] = match
    remaining = remaining.slice(match.index + element.length)
    const hold = state.rest
    try {
      readElement(element, state, remaining)
    } catch (error) {
      if (error instanceof InvalidElement) throw unlike(hold, element)
      if (error instanceof OutOfRange) throw new Error(`parsing time ${quote(value)}: ${error.message} out of range`)
      throw error
    }
  }
  const { rest, year, month, day, hour, minute, second, nanoseconds, offset } = state
  if (rest !== '') throw new Error(`parsing time ${quote(value)}: extra text: ${quote(rest)}`)
  const days = utcSeconds(year, month, 1) / 86_400 - utcSeconds(year, month - 1, 1) / 86_400
  if (day < 1 || day > days) throw new Error(`parsing time ${quote(value)}: day out of range`)
  return { utcSeconds: utcSeconds(year, month - 1, day, hour, minute, second), nanoseconds, offset }
}

function readElement(element: string, state: State, remaining: string): void {
  switch (element) {
    case '2006':
      if (state.rest.length < 4 || !/^\d/.test(state.rest)) throw new InvalidElement()
      if (!/^\d{4}/.test(state.rest)) {
        state.rest = state.rest.slice(4)
        throw new InvalidElement()
      }
      state.year = Number(take(state, 4))
      return
    case '01':
      state.month = readNumber(state, true)
      if (state.month < 1 || state.month > 12) throw new OutOfRange('month')
      return
    case '02':
      state.day = readNumber(state, true)
      return
    case '15':
      state.hour = readNumber(state, false)
      if (state.hour > 23) throw new OutOfRange('hour')
      return
    case '04':
      state.minute = readNumber(state, true)
      if (state.minute > 59) throw new OutOfRange('minute')
      return
    case '05':
      state.second = readNumber(state, true)
      if (state.second > 59) throw new OutOfRange('second')
      if (!remaining.startsWith('.')) readFraction(state)
      return
    case '.999999999':
      readFraction(state)
      return
    default:
      state.offset = readOffset(state)
  }
}

function take(state: State, length: number): string {
  const taken = state.rest.slice(0, length)
  state.rest = state.rest.slice(length)
  return taken
}

/** @param isFixed whether there must be two digits */
function readNumber(state: State, isFixed: boolean): number {
  const [digits] = (isFixed ? /^\d\d/ : /^\d\d?/).exec(state.rest) ?? []
  if (digits === undefined) throw new InvalidElement()
  return Number(take(state, digits.length))
}

/** Reads a fraction of a second, if there is one. Digits after the ninth are ignored. */
function readFraction(state: State): void {
  const [fraction] = /^[.,]\d+/.exec(state.rest) ?? []
  if (fraction === undefined) return
  state.nanoseconds = Number(fraction.slice(1, 10).padEnd(9, '0'))
  take(state, fraction.length)
}

/** Go accepts an offset of 24 hours, and one of 60 minutes. */
function readOffset(state: State): number {
  if (state.rest.startsWith('Z')) {
    take(state, 1)
    return 0
  }
  if (state.rest.length < 6 || state.rest[3] !== ':') throw new InvalidElement()
  const sign = take(state, 1)
  const parts = take(state, 5).split(':')
  // An offset out of range is reported before one that is no number.
  const isNumber = parts.every((part) => /^\d\d$/.test(part))
  const [hours = 0, minutes = 0] = parts.map((part) => (/^\d\d$/.test(part) ? Number(part) : 0))
  if (hours > 24) throw new OutOfRange('time zone offset hour')
  if (isNumber && minutes > 60) throw new OutOfRange('time zone offset minute')
  if (!isNumber || !/^[+-]$/.test(sign)) throw new InvalidElement()
  return (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60)
}
