import { sprint, sprintf, sprintln } from '../fmt/printf.ts'
import { byteLength, byteSlice } from '../values/bytes.ts'
import { encodeJson } from '../values/json.ts'
import {
  ANY,
  type GoFunc,
  type GoType,
  goBool,
  goString,
  goStrings,
  INT,
  isTrue,
  NIL,
  opened,
  REFLECT_VALUE,
  STRING,
  STRINGS,
  type Value,
} from '../values/value.ts'
import { indexed, lengthOf, sliced } from './collections.ts'
import { equals, equalsAny, isLess } from './compare.ts'
import type { Functions } from './compile-pipeline.ts'
import { html, js, urlQuery } from './escape.ts'

const one = [REFLECT_VALUE]
const two = [REFLECT_VALUE, REFLECT_VALUE]

/** Go's own functions, and docker's. */
export const FUNCTIONS: Functions = new Map<string, GoFunc>([
  // The compiler stops `and` and `or` as soon as the response is known; these say what they take.
  ['and', { parameters: one, rest: REFLECT_VALUE, call: (values) => values.at(-1) ?? NIL }],
  ['or', { parameters: one, rest: REFLECT_VALUE, call: (values) => values.at(-1) ?? NIL }],
  ['not', { parameters: one, call: ([value = NIL]) => goBool(!isTrue(opened(value))) }],
  ['len', { parameters: one, call: ([value = NIL]) => lengthOf(value) }],
  ['index', { parameters: one, rest: REFLECT_VALUE, call: ([item = NIL, ...rest]) => indexed(item, rest) }],
  ['slice', { parameters: one, rest: REFLECT_VALUE, call: ([item = NIL, ...rest]) => sliced(item, rest) }],
  ['call', { isCall: true, parameters: one, rest: REFLECT_VALUE, call: ([item = NIL, ...rest]) => called(item, rest) }],
  ['eq', { parameters: one, rest: REFLECT_VALUE, call: (values) => goBool(equalsAny(values)) }],
  ['ne', comparison((a, b) => !equals(a, b))],
  ['lt', comparison(isLess)],
  ['le', comparison((a, b) => isLess(a, b) || equals(a, b))],
  ['gt', comparison((a, b) => !isLess(a, b) && !equals(a, b))],
  ['ge', comparison((a, b) => !isLess(a, b))],
  ['print', variadic(sprint)],
  ['println', variadic(sprintln)],
  [
    'printf',
    { parameters: [STRING], rest: ANY, call: ([format, ...values]) => goString(sprintf(text(format), values)) },
  ],
  ['html', variadic(html)],
  ['js', variadic(js)],
  ['urlquery', variadic(urlQuery)],
  ['json', { parameters: [ANY], call: ([value = NIL]) => goString(encodeJson(value).trim()) }],
  ['split', onText([STRING, STRING], ([subject, separator]) => goStrings(split(text(subject), text(separator))))],
  ['join', onText([STRINGS, STRING], ([items, separator]) => goString(texts(items).join(text(separator))))],
  ['lower', onText([STRING], ([subject]) => goString(text(subject).toLowerCase()))],
  ['upper', onText([STRING], ([subject]) => goString(upper(text(subject))))],
  ['title', onText([STRING], ([subject]) => goString(title(text(subject))))],
  [
    'pad',
    onText([STRING, INT, INT], ([subject, before, after]) => goString(pad(text(subject), int(before), int(after)))),
  ],
  ['truncate', onText([STRING, INT], ([subject, length]) => goString(truncate(text(subject), int(length))))],
])

const headText: GoFunc['call'] = ([subject = NIL]) => subject

/** docker's functions in the head of a table: all but `pad` leave the head as it is. */
export const HEADER_FUNCTIONS: Functions = new Map<string, GoFunc>([
  ...FUNCTIONS,
  ['json', { parameters: [STRING], call: headText }],
  ['split', { parameters: [STRING, STRING], call: headText }],
  ['join', { parameters: [STRING, STRING], call: headText }],
  ['title', { parameters: [STRING], call: headText }],
  ['lower', { parameters: [STRING], call: headText }],
  ['upper', { parameters: [STRING], call: headText }],
  ['truncate', { parameters: [STRING, INT], call: headText }],
])

function comparison(holds: (a: Value, b: Value) => boolean): GoFunc {
  return { parameters: two, call: ([a = NIL, b = NIL]) => goBool(holds(opened(a), opened(b))) }
}

function variadic(write: (values: readonly Value[]) => string): GoFunc {
  return { parameters: [], rest: ANY, call: (values) => goString(write(values)) }
}

function onText(parameters: readonly GoType[], call: GoFunc['call']): GoFunc {
  return { parameters, call }
}

function called(item: Value, args: readonly Value[]): Value {
  const value = opened(item)
  if (value.kind === 'nil') throw new Error('call of nil')
  return value.kind === 'func' ? value.func.call(args) : NIL
}

function text(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}

function texts(value: Value | undefined): string[] {
  return value?.kind === 'slice' ? (value.items ?? []).map((item) => text(opened(item))) : []
}

function int(value: Value | undefined): number {
  return value?.kind === 'int' ? Number(value.value) : 0
}

/** Text without a separator is split into its characters; without text there are none. */
function split(subject: string, separator: string): string[] {
  return separator === '' ? [...subject] : subject.split(separator)
}

/** Go maps each character to one other; those that JavaScript would make two of stay. */
function upper(subject: string): string {
  const mapped = subject.toUpperCase()
  if (mapped.length === subject.length) return mapped
  return [...subject].map((character) => single(character, character.toUpperCase())).join('')
}

function single(character: string, mapped: string): string {
  return [...mapped].length === 1 ? mapped : character
}

/** Letters of two whose title case is neither upper nor lower case. */
const TITLE_CASE: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǳ: 'ǲ',
}

/** The first letter of each word in title case (strings.Title). */
function title(subject: string): string {
  let isInWord = false
  return [...subject]
    .map((character) => {
      const titled = isInWord ? character : (TITLE_CASE[character] ?? single(character, character.toUpperCase()))
      isInWord = /[\p{L}\p{Nd}_]/u.test(character) || (character > '\x7f' && !/\s/u.test(character))
      return titled
    })
    .join('')
}

function pad(subject: string, before: number, after: number): string {
  if (subject === '') return subject
  if (before < 0 || after < 0) throw new Error('strings: negative Repeat count')
  return ' '.repeat(before) + subject + ' '.repeat(after)
}

function truncate(subject: string, length: number): string {
  if (byteLength(subject) < length) return subject
  if (length < 0) throw new Error(`runtime error: slice bounds out of range [:${length}]`)
  return byteSlice(subject, 0, length)
}
