/** Go's fmt.Sprintf: parses a format into parts and applies them to values. */
import { NIL, unwrap, type Value } from '../values/value.ts'
import { formatPlain } from './print.ts'
import type { Flags } from './scalars.ts'
import { formatValue } from './verbs.ts'

/** Go's fmt.Sprintf, with its notation for arguments that do not fit: `%!d(string=x)`. */
export function sprintf(format: string, values: readonly Value[]): string {
  const { parts, extraFrom } = cachedFormat(format, values.length)
  let text = ''
  for (const part of parts) text += typeof part === 'string' ? part : formatDirective(part, values)
  return extraFrom < values.length ? text + formatExtra(values.slice(extraFrom)) : text
}

/** The number up to which Go reads further digits of a width or precision. */
const MAX_NUMBER = 1_000_000

/** Literal text or a directive. */
type Part = string | Directive

/** A directive such as `%-20s`, with the indexes of the arguments that it uses. */
interface Directive {
  readonly flags: Flags
  /** The argument that `*` takes the width from. If none is left, it is an index beyond the arguments. */
  readonly widthFrom: number | undefined
  readonly precisionFrom: number | undefined
  /** The verb with its argument, or the text that replaces a directive without an argument. */
  readonly verb: string | { readonly name: string; readonly argument: number }
}

/** A format, parsed for a number of arguments. */
interface Format {
  readonly argumentCount: number
  readonly parts: readonly Part[]
  /** The index of the first argument that the format does not use. */
  readonly extraFrom: number
}

function formatDirective({ flags, widthFrom, precisionFrom, verb }: Directive, values: readonly Value[]): string {
  if (widthFrom === undefined && precisionFrom === undefined) return formatVerb(verb, flags, values)
  let { minus, width, precision } = flags
  let errors = ''
  if (widthFrom !== undefined) {
    const star = starValue(values[widthFrom])
    if (star === undefined) errors += '%!(BADWIDTH)'
    else {
      minus ||= star < 0
      width = Math.abs(star)
    }
  }
  if (precisionFrom !== undefined) {
    const star = starValue(values[precisionFrom])
    if (star === undefined) errors += '%!(BADPREC)'
    else if (star >= 0) precision = star
  }
  return errors + formatVerb(verb, { ...flags, minus, width, precision }, values)
}

function formatVerb(verb: Directive['verb'], flags: Flags, values: readonly Value[]): string {
  return typeof verb === 'string' ? verb : formatValue(unwrap(values[verb.argument] ?? NIL), verb.name, flags)
}

/** Returns the number that `*` stands for; undefined if the argument is not a number in Go's range. */
function starValue(argument: Value = NIL): number | undefined {
  const value = unwrap(argument)
  if (value.kind !== 'int' || value.value > 1_000_000n || value.value < -1_000_000n) return
  return Number(value.value)
}

function formatExtra(values: readonly Value[]): string {
  const extra = values
    .map(unwrap)
    .map((value) => (value.kind === 'nil' ? '<nil>' : `${value.type.name}=${formatPlain(value)}`))
  return `%!(EXTRA ${extra.join(', ')})`
}

const formats = new Map<string, Format>()

/** Parses a format, once for all rows of a list. */
function cachedFormat(format: string, argumentCount: number): Format {
  const cached = formats.get(format)
  if (cached?.argumentCount === argumentCount) return cached
  const parsed = new FormatParser(format, argumentCount).parse()
  formats.set(format, parsed)
  return parsed
}

/** Parses a format. The number of arguments matters because an explicit index beyond them is ignored. */
class FormatParser {
  readonly #format: string
  readonly #argumentCount: number
  #position = 0
  #nextArgument = 0
  /** Whether an explicit index was used. Then Go does not report extra arguments. */
  #isReordered = false
  #hasBadIndex = false
  /** Whether the last thing read is an explicit index. */
  #afterIndex = false

  constructor(format: string, argumentCount: number) {
    this.#format = format
    this.#argumentCount = argumentCount
  }

  parse(): Format {
    const parts: Part[] = []
    for (;;) {
      const percent = this.#format.indexOf('%', this.#position)
      const text = this.#format.slice(this.#position, percent < 0 ? undefined : percent)
      if (text !== '') parts.push(text)
      if (percent < 0) break
      this.#position = percent + 1
      parts.push(this.#directive())
    }
    const extraFrom = this.#isReordered ? this.#argumentCount : this.#nextArgument
    return { argumentCount: this.#argumentCount, parts, extraFrom }
  }

  #directive(): Directive {
    this.#hasBadIndex = false
    const flags = this.#flags()
    this.#index()
    const widthFrom = this.#star()
    const width = widthFrom === undefined ? this.#digits() : undefined
    if (width !== undefined && this.#afterIndex) this.#hasBadIndex = true
    let precisionFrom: number | undefined
    let precision: number | undefined
    if (this.#format[this.#position] === '.') {
      this.#position++
      if (this.#afterIndex) this.#hasBadIndex = true
      this.#index()
      precisionFrom = this.#star()
      if (precisionFrom === undefined) precision = this.#digits() ?? 0
    }
    if (!this.#afterIndex) this.#index()
    const verb = this.#verb()
    const verbFlags = typeof verb === 'object' && verb.name === 'v' ? plainFlags(flags) : flags
    return { flags: { ...verbFlags, width, precision }, widthFrom, precisionFrom, verb }
  }

  #flags(): Flags {
    const flags = this.#run('#0+- ')
    return {
      sharp: flags.includes('#'),
      zero: flags.includes('0'),
      plus: flags.includes('+'),
      minus: flags.includes('-'),
      space: flags.includes(' '),
      goSyntax: false,
      fieldNames: false,
    }
  }

  /** Reads an explicit argument index, `[n]`. */
  #index(): void {
    this.#afterIndex = false
    if (this.#format[this.#position] !== '[') return
    this.#isReordered = true
    const end = this.#format.indexOf(']', this.#position)
    const digits = end < 0 ? '' : this.#format.slice(this.#position + 1, end)
    this.#position = end < 0 ? this.#position + 1 : end + 1
    this.#afterIndex = /^\d+$/.test(digits)
    const number = this.#afterIndex ? Number(digits) : 0
    if (number < 1 || number > this.#argumentCount) this.#hasBadIndex = true
    else this.#nextArgument = number - 1
  }

  /** Reads `*` and returns the index of its argument; undefined if there is no `*`. */
  #star(): number | undefined {
    if (this.#format[this.#position] !== '*') return
    this.#position++
    this.#afterIndex = false
    return this.#nextArgument < this.#argumentCount ? this.#nextArgument++ : this.#argumentCount
  }

  #digits(): number | undefined {
    const digits = this.#run('0123456789')
    if (digits === '') return undefined
    // Go stops at a number that grows beyond this, and takes the rest of the format for a part of it.
    if (Number(digits.slice(0, -1)) > MAX_NUMBER) {
      this.#position = this.#format.length
      return undefined
    }
    return Number(digits)
  }

  /** Reads the longest run of the given characters. */
  #run(characters: string): string {
    const start = this.#position
    while (characters.includes(this.#format[this.#position] ?? '\0')) this.#position++
    return this.#format.slice(start, this.#position)
  }

  #verb(): Directive['verb'] {
    const code = this.#format.codePointAt(this.#position)
    if (code === undefined) return '%!(NOVERB)'
    const name = String.fromCodePoint(code)
    this.#position += name.length
    if (name === '%') return '%'
    if (this.#hasBadIndex) return `%!${name}(BADINDEX)`
    if (this.#nextArgument >= this.#argumentCount) return `%!${name}(MISSING)`
    return { name, argument: this.#nextArgument++ }
  }
}

/** Converts flags for `%v`, where `#` means Go's syntax and `+` means field names. */
function plainFlags(flags: Flags): Flags {
  return { ...flags, sharp: false, plus: false, goSyntax: flags.sharp, fieldNames: flags.plus }
}
