import { formatDuration } from '../../domain/go/duration.ts'
import { FLOAT, type GoType, goString, INT64, type Method, type Value } from './value.ts'

const methods = new Map<string, Method>()

/** Go's time.Duration, an integer of nanoseconds. */
export const DURATION: GoType = { kind: 'int', name: 'time.Duration', formatInteger: formatDuration, methods }

export function durationValue(nanoseconds: bigint): Value {
  return { kind: 'int', type: DURATION, value: nanoseconds }
}

/** Returns the nanoseconds of a duration. The value must be one. */
export function nanosecondsOf(value: Value | undefined): bigint {
  return value?.kind === 'int' ? value.value : 0n
}

function toFloat(unit: number): Method {
  return {
    parameters: [],
    call: (value) => ({ kind: 'float', type: FLOAT, value: Number(nanosecondsOf(value)) / unit }),
  }
}

function toInteger(unit: bigint): Method {
  return { parameters: [], call: (value) => ({ kind: 'int', type: INT64, value: nanosecondsOf(value) / unit }) }
}

function multipleOf(isRounding: boolean): Method {
  return {
    parameters: [DURATION],
    call: (value, by) => {
      const span = nanosecondsOf(value)
      const unit = nanosecondsOf(by)
      if (unit <= 0n) return durationValue(span)
      const rest = span % unit
      if (!isRounding || (rest < 0n ? -rest : rest) * 2n < unit) return durationValue(span - rest)
      return durationValue(span < 0n ? span - rest - unit : span - rest + unit)
    },
  }
}

const METHODS: Readonly<Record<string, Method>> = {
  String: { parameters: [], call: (value) => goString(formatDuration(nanosecondsOf(value))) },
  Hours: toFloat(3.6e12),
  Minutes: toFloat(6e10),
  Seconds: toFloat(1e9),
  Milliseconds: toInteger(1_000_000n),
  Microseconds: toInteger(1_000n),
  Nanoseconds: toInteger(1n),
  Truncate: multipleOf(false),
  Round: multipleOf(true),
  Abs: {
    parameters: [],
    call: (value) => {
      const span = nanosecondsOf(value)
      return durationValue(span < 0n ? -span : span)
    },
  },
}
for (const [name, method] of Object.entries(METHODS)) methods.set(name, method)
