import { plain } from './print.ts'
import { opened, type Value } from './value.ts'
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
  return new Printf(format, values.map(opened)).text()
}

class Printf {
  readonly #format: string
  readonly #values: readonly Value[]
  #position = 0
  #next = 0
  #isReordered = false
  #isBadIndex = false
  #hasIndex = false

  constructor(format: string, values: readonly Value[]) {
    this.#format = format
    this.#values = values
  }

  text(): string {
    let text = ''
    for (;;) {
      const percent = this.#format.indexOf('%', this.#position)
      if (percent < 0) break
      text += this.#format.slice(this.#position, percent)
      this.#position = percent + 1
      text += this.#directive()
    }
    text += this.#format.slice(this.#position)
    if (this.#isReordered || this.#next >= this.#values.length) return text
    const extra = this.#values
      .slice(this.#next)
      .map((value) => `${typeText(value)}${value.kind === 'nil' ? '' : `=${plain(value)}`}`)
    return `${text}%!(EXTRA ${extra.join(', ')})`
  }

  #directive(): string {
    this.#isBadIndex = false
    const flags = this.#flags()
    let bad = ''
    this.#index()
    const width = this.#widthOrStar()
    if (width === 'bad') bad += '%!(BADWIDTH)'
    let wide = typeof width === 'number' ? width : undefined
    let minus = flags.minus
    if (wide !== undefined && wide < 0) {
      wide = -wide
      minus = true
    }
    let precision: number | undefined
    if (this.#format[this.#position] === '.') {
      this.#position++
      if (this.#hasIndex) this.#isBadIndex = true
      this.#index()
      const given = this.#widthOrStar()
      if (given === 'bad' || (typeof given === 'number' && given < 0)) {
        if (given === 'bad') bad += '%!(BADPREC)'
      } else precision = given ?? 0
    }
    if (!this.#hasIndex) this.#index()
    const code = this.#format.codePointAt(this.#position)
    if (code === undefined) return `${bad}%!(NOVERB)`
    const verb = String.fromCodePoint(code)
    this.#position += verb.length
    if (verb === '%') return `${bad}%`
    if (this.#isBadIndex) return `${bad}%!${verb}(BADINDEX)`
    const value = this.#values[this.#next]
    if (value === undefined) return `${bad}%!${verb}(MISSING)`
    this.#next++
    return bad + formatted(value, verb, { ...flags, minus, width: wide, precision })
  }

  #flags(): Flags {
    const start = this.#position
    while (/[#0+\- ]/.test(this.#format[this.#position] ?? '')) this.#position++
    const flags = this.#format.slice(start, this.#position)
    return {
      sharp: flags.includes('#'),
      zero: flags.includes('0'),
      plus: flags.includes('+'),
      minus: flags.includes('-'),
      space: flags.includes(' '),
    }
  }

  /** `[n]`: which argument comes next. */
  #index(): void {
    this.#hasIndex = false
    if (this.#format[this.#position] !== '[') return
    this.#isReordered = true
    const end = this.#format.indexOf(']', this.#position)
    const digits = end < 0 ? '' : this.#format.slice(this.#position + 1, end)
    const number = /^\d+$/.test(digits) ? Number(digits) : 0
    this.#position = end < 0 ? this.#position + 1 : end + 1
    if (number < 1 || number > this.#values.length) {
      this.#isBadIndex = true
      return
    }
    this.#next = number - 1
    this.#hasIndex = true
  }

  #widthOrStar(): number | 'bad' | undefined {
    if (this.#format[this.#position] === '*') {
      this.#position++
      const value = this.#values[this.#next]
      if (value !== undefined) this.#next++
      this.#hasIndex = false
      return value?.kind === 'int' && value.value <= 1_000_000n && value.value >= -1_000_000n
        ? Number(value.value)
        : 'bad'
    }
    const digits = /^\d+/.exec(this.#format.slice(this.#position))?.[0]
    if (digits === undefined) return
    this.#position += digits.length
    if (this.#hasIndex) this.#isBadIndex = true
    return Number(digits)
  }
}

function typeText(value: Value): string {
  return value.kind === 'nil' ? '<nil>' : value.type.name
}
