import { NIL, opened, type Value } from '../values/value.ts'
import { plain } from './print.ts'
import { type Directive, printfFormat } from './printf-format.ts'
import type { Flags } from './verb-scalars.ts'
import { formatted } from './verbs.ts'

/** Go's fmt.Sprint: a space between two operands of which neither is a string. */
export function sprint(values: readonly Value[]): string {
  let text = ''
  let wasString = true
  for (const [index, item] of values.entries()) {
    const value = opened(item)
    const isString = value.kind === 'string'
    if (index > 0 && !isString && !wasString) text += ' '
    text += plain(value)
    wasString = isString
  }
  return text
}

/** Go's fmt.Sprintln: a space between all operands, and a newline. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map((value) => plain(opened(value))).join(' ')}\n`
}

/** Go's fmt.Sprintf, with its way of showing what does not fit: `%!d(string=x)`. */
export function sprintf(format: string, values: readonly Value[]): string {
  const { parts, extraFrom } = printfFormat(format, values.length)
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : directed(part, values)
  return extraFrom < values.length ? text + leftOver(values.slice(extraFrom)) : text
}

function directed({ flags, widthFrom, precisionFrom, shows }: Directive, values: readonly Value[]): string {
  if (widthFrom === undefined && precisionFrom === undefined) return shown(shows, flags, values)
  let { minus, width, precision } = flags
  let bad = ''
  if (widthFrom !== undefined) {
    const given = starred(values[widthFrom])
    if (given === undefined) bad += '%!(BADWIDTH)'
    else {
      minus ||= given < 0
      width = Math.abs(given)
    }
  }
  if (precisionFrom !== undefined) {
    const given = starred(values[precisionFrom])
    if (given === undefined) bad += '%!(BADPREC)'
    else if (given >= 0) precision = given
  }
  return bad + shown(shows, { ...flags, minus, width, precision }, values)
}

function shown(shows: Directive['shows'], flags: Flags, values: readonly Value[]): string {
  return typeof shows === 'string' ? shows : formatted(opened(values[shows.argument] ?? NIL), shows.verb, flags)
}

/** The number that `*` stands for; undefined where the argument is none. */
function starred(argument: Value = NIL): number | undefined {
  const value = opened(argument)
  if (value.kind !== 'int' || value.value > 1_000_000n || value.value < -1_000_000n) return
  return Number(value.value)
}

function leftOver(values: readonly Value[]): string {
  const extra = values.map(opened).map((value) => `${typeText(value)}${value.kind === 'nil' ? '' : `=${plain(value)}`}`)
  return `%!(EXTRA ${extra.join(', ')})`
}

function typeText(value: Value): string {
  return value.kind === 'nil' ? '<nil>' : value.type.name
}
