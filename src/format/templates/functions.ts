/** The template functions that docker adds to Go's (docker/cli templates/templates.go). */
import { byteLength, byteSlice } from '../../domain/go/bytes.ts'
import {
  ANY,
  BUILTINS,
  encodeJson,
  type Functions,
  type GoFunc,
  type GoType,
  goString,
  goStrings,
  INT,
  NIL,
  STRING,
  STRINGS,
  textOf,
  unwrap,
  type Value,
} from '../../gotemplate/template.ts'

/** Go's builtin functions and docker's. */
export const FUNCTIONS: Functions = new Map<string, GoFunc>([
  ...BUILTINS,
  ['json', func([ANY], ([value = NIL]) => goString(encodeJson(value).trim()))],
  ['split', func([STRING, STRING], ([text, separator]) => goStrings(split(textOf(text), textOf(separator))))],
  ['join', func([STRINGS, STRING], ([items, separator]) => goString(textsOf(items).join(textOf(separator))))],
  ['lower', func([STRING], ([text]) => goString(textOf(text).toLowerCase()))],
  ['upper', func([STRING], ([text]) => goString(toUpperCase(textOf(text))))],
  ['title', func([STRING], ([text]) => goString(toTitleCase(textOf(text))))],
  [
    'pad',
    func([STRING, INT, INT], ([text, before, after]) => goString(pad(textOf(text), intOf(before), intOf(after)))),
  ],
  ['truncate', func([STRING, INT], ([text, length]) => goString(truncate(textOf(text), intOf(length))))],
])

const returnFirst: GoFunc['call'] = ([text = NIL]) => text

/** The functions for the header of a table, where all of docker's functions but `pad` return their first argument. */
export const HEADER_FUNCTIONS: Functions = new Map<string, GoFunc>([
  ...FUNCTIONS,
  ['json', func([STRING], returnFirst)],
  ['split', func([STRING, STRING], returnFirst)],
  ['join', func([STRING, STRING], returnFirst)],
  ['title', func([STRING], returnFirst)],
  ['lower', func([STRING], returnFirst)],
  ['upper', func([STRING], returnFirst)],
  ['truncate', func([STRING, INT], returnFirst)],
])

function func(parameters: readonly GoType[], call: GoFunc['call']): GoFunc {
  return { parameters, call }
}

function textsOf(value: Value | undefined): string[] {
  return value?.kind === 'slice' ? (value.items ?? []).map((item) => textOf(unwrap(item))) : []
}

function intOf(value: Value | undefined): number {
  return value?.kind === 'int' ? Number(value.value) : 0
}

/** Splits a text as strings.Split does: an empty separator splits it into its characters. */
function split(text: string, separator: string): string[] {
  return separator === '' ? [...text] : text.split(separator)
}

/** Maps each character to one other as Go does. Characters that JavaScript maps to several are left unchanged. */
function toUpperCase(text: string): string {
  const mapped = text.toUpperCase()
  if (mapped.length === text.length) return mapped
  return [...text].map(upperCaseLetter).join('')
}

function upperCaseLetter(character: string): string {
  const mapped = character.toUpperCase()
  return [...mapped].length === 1 ? mapped : character
}

/** Characters for two letters, whose title case is neither their upper nor their lower case. */
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

/** Changes the first letter of each word to title case (strings.Title). */
function toTitleCase(text: string): string {
  let isInWord = false
  return [...text]
    .map((character) => {
      const mapped = isInWord ? character : (TITLE_CASE[character] ?? upperCaseLetter(character))
      isInWord = /[\p{L}\p{Nd}_]/u.test(character) || (character > '\x7f' && !/\s/u.test(character))
      return mapped
    })
    .join('')
}

/** The most spaces that `pad` adds on one side, which are enough to fill any screen. docker has no limit. */
const MAX_PADDING = 1_000_000

/** Adds spaces before and after a text that is not empty. */
function pad(text: string, before: number, after: number): string {
  if (text === '') return text
  if (before < 0 || after < 0) throw new Error('strings: negative Repeat count')
  if (before > MAX_PADDING || after > MAX_PADDING) throw new Error(`more than ${MAX_PADDING} spaces`)
  return ' '.repeat(before) + text + ' '.repeat(after)
}

/** Returns the first `length` bytes of a text. */
function truncate(text: string, length: number): string {
  if (byteLength(text) < length) return text
  if (length < 0) throw new Error(`runtime error: slice bounds out of range [:${length}]`)
  return byteSlice(text, 0, length)
}
