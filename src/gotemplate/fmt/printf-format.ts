import type { Flags } from './verb-scalars.ts'

/** A part of a printf format: text that is written as it is, or a directive. */
type Part = string | Directive

/** A directive such as `%-20s`, with the arguments it takes told by their index. */
export interface Directive {
  readonly flags: Flags
  /** The argument that `*` takes the width from; one that is not there where there are no more. */
  readonly widthFrom: number | undefined
  readonly precisionFrom: number | undefined
  /** What it shows; or what it writes since it cannot show anything. */
  readonly shows: string | { readonly verb: string; readonly argument: number }
}

/** A printf format, read for a number of arguments. */
export interface Format {
  readonly arguments: number
  readonly parts: readonly Part[]
  /** The first argument that the format leaves over. */
  readonly extraFrom: number
}

const known = new Map<string, Format>()

/** Reads a printf format once for the rows of a list. @param count the number of arguments */
export function printfFormat(format: string, count: number): Format {
  const read = known.get(format)
  if (read?.arguments === count) return read
  const fresh = new FormatReader(format, count).format()
  known.set(format, fresh)
  return fresh
}

/** Which argument comes next depends on how many there are: an index beyond them changes nothing. */
class FormatReader {
  readonly #format: string
  readonly #count: number
  #position = 0
  #next = 0
  #isReordered = false
  #isBadIndex = false
  #hasIndex = false

  constructor(format: string, count: number) {
    this.#format = format
    this.#count = count
  }

  format(): Format {
    const parts: Part[] = []
    for (;;) {
      const percent = this.#format.indexOf('%', this.#position)
      const text = this.#format.slice(this.#position, percent < 0 ? undefined : percent)
      if (text !== '') parts.push(text)
      if (percent < 0) break
      this.#position = percent + 1
      parts.push(this.#directive())
    }
    return { arguments: this.#count, parts, extraFrom: this.#isReordered ? this.#count : this.#next }
  }

  #directive(): Directive {
    this.#isBadIndex = false
    const flags = this.#flags()
    this.#index()
    const widthFrom = this.#star()
    const width = widthFrom === undefined ? this.#digits() : undefined
    if (width !== undefined && this.#hasIndex) this.#isBadIndex = true
    let precisionFrom: number | undefined
    let precision: number | undefined
    if (this.#format[this.#position] === '.') {
      this.#position++
      if (this.#hasIndex) this.#isBadIndex = true
      this.#index()
      precisionFrom = this.#star()
      if (precisionFrom === undefined) precision = this.#digits() ?? 0
    }
    if (!this.#hasIndex) this.#index()
    const shows = this.#shows()
    const read = typeof shows === 'object' && shows.verb === 'v' ? forValue(flags) : flags
    return { flags: { ...read, width, precision }, widthFrom, precisionFrom, shows }
  }

  #flags(): Flags {
    const flags = this.#run('#0+- ')
    return {
      sharp: flags.includes('#'),
      zero: flags.includes('0'),
      plus: flags.includes('+'),
      minus: flags.includes('-'),
      space: flags.includes(' '),
      syntax: false,
      names: false,
    }
  }

  /** `[n]`: which argument comes next. */
  #index(): void {
    this.#hasIndex = false
    if (this.#format[this.#position] !== '[') return
    this.#isReordered = true
    const end = this.#format.indexOf(']', this.#position)
    const digits = end < 0 ? '' : this.#format.slice(this.#position + 1, end)
    this.#position = end < 0 ? this.#position + 1 : end + 1
    this.#hasIndex = /^\d+$/.test(digits)
    const number = this.#hasIndex ? Number(digits) : 0
    if (number < 1 || number > this.#count) this.#isBadIndex = true
    else this.#next = number - 1
  }

  /** `*`: the argument that is taken for it. */
  #star(): number | undefined {
    if (this.#format[this.#position] !== '*') return
    this.#position++
    this.#hasIndex = false
    return this.#next < this.#count ? this.#next++ : this.#count
  }

  #digits(): number | undefined {
    const digits = this.#run('0123456789')
    return digits === '' ? undefined : Number(digits)
  }

  /** The characters from here on that are among these. */
  #run(characters: string): string {
    const start = this.#position
    while (characters.includes(this.#format[this.#position] ?? '\0')) this.#position++
    return this.#format.slice(start, this.#position)
  }

  #shows(): Directive['shows'] {
    const code = this.#format.codePointAt(this.#position)
    if (code === undefined) return '%!(NOVERB)'
    const verb = String.fromCodePoint(code)
    this.#position += verb.length
    if (verb === '%') return '%'
    if (this.#isBadIndex) return `%!${verb}(BADINDEX)`
    return this.#next < this.#count ? { verb, argument: this.#next++ } : `%!${verb}(MISSING)`
  }
}

/** `#` and `+` mean something else to `%v` than to other verbs. */
function forValue(flags: Flags): Flags {
  return { ...flags, sharp: false, plus: false, syntax: flags.sharp, names: flags.plus }
}
