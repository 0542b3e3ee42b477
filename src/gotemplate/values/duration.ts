import { FLOAT, type GoType, goString, INT64, type Method, type Value } from './value.ts'

const methods = new Map<string, Method>()

/** Go's time.Duration, in nanoseconds. */
export const DURATION: GoType = { kind: 'int', name: 'time.Duration', shown: goDuration, methods }

export function duration(nanoseconds: bigint): Value {
  return { kind: 'int', type: DURATION, value: nanoseconds }
}

/** The nanoseconds of a value that is known to be a duration. */
export function nanosecondsOf(value: Value | undefined): bigint {
  return value?.kind === 'int' ? value.value : 0n
}

function inUnits(unit: number): Method {
  return {
    parameters: [],
    call: (value) => ({ kind: 'float', type: FLOAT, value: Number(nanosecondsOf(value)) / unit }),
  }
}

function wholeUnits(unit: bigint): Method {
  return { parameters: [], call: (value) => ({ kind: 'int', type: INT64, value: nanosecondsOf(value) / unit }) }
}

function toMultiple(isRounding: boolean): Method {
  return {
    parameters: [DURATION],
    call: (value, by) => {
      const span = nanosecondsOf(value)
      const unit = nanosecondsOf(by)
      if (unit <= 0n) return duration(span)
      const rest = span % unit
      if (!isRounding || (rest < 0n ? -rest : rest) * 2n < unit) return duration(span - rest)
      return duration(span < 0n ? span - rest - unit : span - rest + unit)
    },
  }
}

const METHODS: Readonly<Record<string, Method>> = {
  String: { parameters: [], call: (value) => goString(goDuration(nanosecondsOf(value))) },
  Hours: inUnits(3.6e12),
  Minutes: inUnits(6e10),
  Seconds: inUnits(1e9),
  Milliseconds: wholeUnits(1_000_000n),
  Microseconds: wholeUnits(1_000n),
  Nanoseconds: wholeUnits(1n),
  Truncate: toMultiple(false),
  Round: toMultiple(true),
  Abs: {
    parameters: [],
    call: (value) => {
      const span = nanosecondsOf(value)
      return duration(span < 0n ? -span : span)
    },
  },
}
for (const [name, method] of Object.entries(METHODS)) methods.set(name, method)

const UNITS: readonly (readonly [bigint, string])[] = [
  [3_600_000_000_000n, 'h'],
  [60_000_000_000n, 'm'],
]

/** A Go duration as it prints: `1m30s`, `1.5s`, `300ms`, `0s`. */
export function goDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  let rest = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (rest < 1_000n) return `${sign}${rest}ns`
  if (rest < 1_000_000n) return `${sign}${fraction(rest, 3)}µs`
  if (rest < 1_000_000_000n) return `${sign}${fraction(rest, 6)}ms`
  let text = sign
  for (const [size, unit] of UNITS) {
    if (nanoseconds >= size || -nanoseconds >= size) text += `${rest / size}${unit}`
    rest %= size
  }
  return `${text}${fraction(rest, 9)}s`
}

/** A whole number of units and their decimal fraction, without zeros at the end. */
function fraction(value: bigint, digits: number): string {
  const text = String(value).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0*$/, '')
}
