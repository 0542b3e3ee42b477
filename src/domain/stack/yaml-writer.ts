// Writes YAML as Go's yaml.v3 does with an indentation of two.
import { shortestFloat } from '../go/decimal.ts'
import { needsQuotes } from './scalar.ts'
import { isSequence, NonStringMap, printTime, YamlFloat, type YamlMap, YamlTime, type YamlValue } from './value.ts'

const INDENT = 2

/** Keys that are longer are not written on the line of their value. The limit counts UTF-8 bytes. */
const SIMPLE_KEY_LIMIT = 128

/** Writes a mapping as a YAML document. Entries keep their order. */
export function writeYaml(map: YamlMap): string {
  return map.size === 0 ? '{}\n' : mapLines(map, 0).join('')
}

/** Returns the lines of a mapping, each with its newline. The first line has no indentation, because it may follow `- `. */
function mapLines(map: YamlMap, column: number): string[] {
  return [...map].flatMap(([key, value], index) => {
    const indent = index === 0 ? '' : ' '.repeat(column)
    const isSimple = !key.includes('\n') && new TextEncoder().encode(key).length <= SIMPLE_KEY_LIMIT
    if (isSimple) return [`${indent}${scalarText(key, column, true)}:`, ...valueLines(value, column)]
    const explicit = `${indent}? ${scalarText(key, column, false)}\n${' '.repeat(column)}:`
    return [explicit, ...entryLines(value, column)]
  })
}

/** Returns what follows `key:`. Collections begin on the next line, indented. */
function valueLines(value: YamlValue, column: number): string[] {
  const inner = column + INDENT
  const indent = `\n${' '.repeat(inner)}`
  if (value instanceof Map && value.size > 0) return [indent, ...mapLines(value, inner)]
  if (isSequence(value) && value.length > 0) return [indent, ...sequenceLines(value, inner)]
  return [` ${scalarText(value, column, false)}\n`]
}

/** Returns what follows `-`. Collections begin on the same line. */
function entryLines(value: YamlValue, column: number): string[] {
  const inner = column + INDENT
  if (value instanceof Map && value.size > 0) return [' ', ...mapLines(value, inner)]
  if (isSequence(value) && value.length > 0) return [' ', ...sequenceLines(value, inner)]
  return [` ${scalarText(value, column, false)}\n`]
}

function sequenceLines(values: readonly YamlValue[], column: number): string[] {
  return values.flatMap((value, index) => [`${index === 0 ? '' : ' '.repeat(column)}-`, ...entryLines(value, column)])
}

/** @param column the indentation of the collection that contains the scalar */
function scalarText(value: YamlValue, column: number, isKey: boolean): string {
  if (typeof value === 'string') return stringText(value, column + INDENT, isKey)
  if (value === null || value instanceof NonStringMap) return 'null'
  if (value instanceof YamlFloat) return floatText(value.value)
  if (value instanceof YamlTime) return printTime(value)
  if (value instanceof Map) return '{}'
  return isSequence(value) ? '[]' : String(value)
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  return shortestFloat(value)
}

/** The characters that YAML may contain unescaped. yaml.v3 escapes all outside the basic plane. */
const UNPRINTABLE = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u
const BREAK = '[\\n\\r\\u0085\\u2028\\u2029]'

/** Chooses the style of a string: plain, a literal block, single quotes, or double quotes. */
function stringText(text: string, column: number, isKey: boolean): string {
  const facts = analyze(text)
  if (text.includes('\n')) {
    return facts.allowsBlock && !isKey ? literalBlock(text, column) : doubleQuoted(text)
  }
  if (needsQuotes(text)) return doubleQuoted(text)
  if (facts.allowsPlain) return text
  return facts.allowsSingleQuotes ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text)
}

interface ScalarFacts {
  readonly allowsPlain: boolean
  readonly allowsSingleQuotes: boolean
  readonly allowsBlock: boolean
}

const SPACE_BEFORE_BREAK = new RegExp(` ${BREAK}`)
const SPACE_AFTER_BREAK = new RegExp(`${BREAK} `)
const ANY_BREAK = new RegExp(BREAK)
const BREAK_AT_END = new RegExp(`^${BREAK}|${BREAK}$`)

/** Finds the styles that can represent a string (libyaml `yaml_emitter_analyze_scalar`). */
function analyze(text: string): ScalarFacts {
  const hasSpecial = UNPRINTABLE.test(text.replaceAll('\t', ''))
  const hasSpaceBeforeBreak = SPACE_BEFORE_BREAK.test(text)
  const needsEscapes = hasSpaceBeforeBreak || hasSpecial || text.includes('\t')
  const allowsSingleQuotes = !needsEscapes && !SPACE_AFTER_BREAK.test(text)
  const isEdged = text.startsWith(' ') || text.endsWith(' ') || BREAK_AT_END.test(text)
  return {
    allowsPlain: allowsSingleQuotes && !isEdged && !ANY_BREAK.test(text) && !hasIndicator(text),
    allowsSingleQuotes,
    allowsBlock: text !== '' && !text.endsWith(' ') && !hasSpaceBeforeBreak && !hasSpecial,
  }
}

/** Whether a string contains what YAML would not read as text in a block. */
function hasIndicator(text: string): boolean {
  return /^(---|\.\.\.|[#,[\]{}&*!|>'"%@`]|[?:-](\s|$))|:(\s|$)|\s#/.test(text)
}

/** @param column the indentation of the content */
function literalBlock(text: string, column: number): string {
  const hint = /^[ \n]/.test(text) ? String(INDENT) : ''
  const chomping = text.endsWith('\n') ? (text === '\n' || text.endsWith('\n\n') ? '+' : '') : '-'
  // As yaml.v3 does, this loses a line break at the start: it is the one that ends the header.
  const rest = text.startsWith('\n') ? text.slice(1) : text
  if (rest === '') return `|${hint}${chomping}`
  const lines = (rest.endsWith('\n') ? rest.slice(0, -1) : rest).split('\n')
  const content = lines.map((line) => (line === '' ? '' : `${' '.repeat(column)}${line}`))
  return `|${hint}${chomping}\n${content.join('\n')}`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
}
const TO_ESCAPE = new RegExp(`["\\\\]|${BREAK}|${UNPRINTABLE.source}`, 'gu')

function doubleQuoted(text: string): string {
  // yaml.v3 escapes every character of a text that begins with a byte order mark.
  const toEscape = text.startsWith('\ufeff') ? /./gsu : TO_ESCAPE
  return `"${text.replaceAll(toEscape, escapeCharacter)}"`
}

function escapeCharacter(character: string): string {
  const short = ESCAPES[character]
  if (short !== undefined) return short
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

/** Returns a value with the keys of all its mappings in the order in which yaml.v3 writes them. */
export function sortKeys(value: YamlValue): YamlValue {
  if (isSequence(value)) return value.map(sortKeys)
  return value instanceof Map
    ? new Map([...sortedEntries(value)].map(([key, member]) => [key, sortKeys(member)]))
    : value
}

/** Returns the entries of a map in the order of their keys in which yaml.v3 writes them. */
export function sortedEntries<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(byKey)
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return isKeyLess(a, b) ? -1 : isKeyLess(b, a) ? 1 : 0
}

/** Compares keys as yaml.v3 does: numbers in them by value, and letters after other characters. */
function isKeyLess(left: string, right: string): boolean {
  const a = [...left]
  const b = [...right]
  let afterDigit = false
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const [x = '', y = ''] = [a[at], b[at]]
    if (x === y) {
      afterDigit = isDigit(x)
      continue
    }
    const [isLetterX, isLetterY] = [isLetter(x), isLetter(y)]
    if (isLetterX && isLetterY) return isBefore(x, y)
    if (isLetterX || isLetterY) return afterDigit ? isLetterX : isLetterY
    const isInsideNumber = (x === '0' || y === '0') && hasNonzeroDigitBefore(a, at)
    const [m, n] = [numberAt(a, at, isInsideNumber), numberAt(b, at, isInsideNumber)]
    if (m.value !== n.value) return m.value < n.value
    return m.end === n.end ? isBefore(x, y) : m.end < n.end
  }
  return a.length < b.length
}

function isDigit(character: string): boolean {
  return /^\p{Nd}$/u.test(character)
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character)
}

function isBefore(x: string, y: string): boolean {
  return (x.codePointAt(0) ?? 0) < (y.codePointAt(0) ?? 0)
}

function hasNonzeroDigitBefore(characters: readonly string[], end: number): boolean {
  for (let at = end - 1; at >= 0 && isDigit(characters[at] ?? ''); at--) if (characters[at] !== '0') return true
  return false
}

function numberAt(characters: readonly string[], start: number, isInside: boolean): { value: bigint; end: number } {
  let end = start
  while (end < characters.length && isDigit(characters[end] ?? '')) end++
  const digits = characters.slice(start, end).map((digit) => (/\d/.test(digit) ? digit : '0'))
  return { value: BigInt(`${isInside ? '1' : '0'}${digits.join('')}`), end }
}
