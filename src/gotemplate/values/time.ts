import {
  clockOf,
  formatInstant,
  type Instant,
  instantJson,
  instantText,
  MONTHS,
  utcSeconds,
  WEEKDAYS,
  yearDay,
} from '../../domain/go/instant.ts'
import { jsonString } from '../../domain/go/json-text.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { DURATION, durationValue, nanosecondsOf } from './duration.ts'
import {
  type Fields,
  type GoType,
  goBool,
  goInt,
  goString,
  INT,
  INT64,
  type Method,
  pointerTo,
  STRING,
  UINT64,
  type Value,
} from './value.ts'

const methods = new Map<string, Method>()

/** Go's time.Time. */
export const TIME: GoType = { kind: 'struct', name: 'time.Time', methods, hasStringMethod: true }

const MONTH: GoType = {
  kind: 'int',
  name: 'time.Month',
  formatInteger: (value) => MONTHS[Number(value) - 1] ?? `%!Month(${value})`,
}
const WEEKDAY: GoType = { kind: 'int', name: 'time.Weekday', formatInteger: (value) => WEEKDAYS[Number(value)] ?? '' }

/** Returns a value of Go's time.Time. */
export function timeValue(instant: Instant): Value {
  return {
    kind: 'struct',
    type: TIME,
    fields: fieldsOf(instant),
    instant,
    toText: () => instantText(instant),
    toGoSyntax: () => formatGoSyntax(instant),
    toJson: () => jsonString(instantJson(instant), false),
  }
}

/** Returns the unexported fields of time.Time, which verbs other than `%v` print. */
function fieldsOf({ seconds, nanoseconds, zone }: Instant): Fields {
  return new Map<string, Value>([
    ['wall', { kind: 'uint', type: UINT64, value: BigInt(nanoseconds) }],
    ['ext', int64(BigInt(seconds) + 62_135_596_800n)],
    [
      'loc',
      {
        kind: 'pointer',
        type: pointerTo({ kind: 'struct', name: 'time.Location' }),
        target: zone === 'UTC' ? undefined : { kind: 'nil' },
      },
    ],
  ])
}

/** Formats an instant as `%#v` does: `time.Date(2025, time.January, …)`. */
function formatGoSyntax(instant: Instant): string {
  const clock = clockOf(instant)
  const date = `${clock.getUTCFullYear()}, time.${MONTHS[clock.getUTCMonth()]}, ${clock.getUTCDate()}`
  const time = `${clock.getUTCHours()}, ${clock.getUTCMinutes()}, ${clock.getUTCSeconds()}, ${instant.nanoseconds}`
  const zone = instant.zone === 'UTC' ? 'time.UTC' : `time.Location(${goQuote(instant.zone)})`
  return `time.Date(${date}, ${time}, ${zone})`
}

/** Returns the instant of a receiver or argument. The value must be a time. */
function instantOf(value: Value | undefined): Instant {
  if (value?.kind !== 'struct' || value.instant === undefined) throw new Error('not a time')
  return value.instant
}

/** Creates a method without parameters. */
function getter(read: (instant: Instant, clock: Date) => Value): Method {
  return {
    parameters: [],
    call: (time) => {
      const instant = instantOf(time)
      return read(instant, clockOf(instant))
    },
  }
}

/** Creates a method whose parameter is another time. */
function binary(call: (instant: Instant, other: Instant) => Value): Method {
  return { parameters: [TIME], call: (time, other) => call(instantOf(time), instantOf(other)) }
}

const int64 = (value: bigint): Value => ({ kind: 'int', type: INT64, value })

/** Returns nanoseconds since 1970. */
function unixNanoseconds({ seconds, nanoseconds }: Instant): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
}

/** Adds nanoseconds to an instant. */
function add(instant: Instant, by: bigint): Instant {
  const total = unixNanoseconds(instant) + by
  const rest = ((total % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  return { ...instant, seconds: Number((total - rest) / 1_000_000_000n), nanoseconds: Number(rest) }
}

function inUtc(instant: Instant): Instant {
  return { ...instant, offset: 0, zone: 'UTC' }
}

/** Returns an instant in the time zone of this machine. */
function inLocalZone(instant: Instant): Instant {
  const date = new Date(instant.seconds * 1000)
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date)
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return { ...instant, offset: -60 * date.getTimezoneOffset(), zone }
}

function addDate(instant: Instant, [years, months, days]: readonly number[]): Instant {
  const clock = clockOf(instant)
  const date = [
    clock.getUTCFullYear() + (years ?? 0),
    clock.getUTCMonth() + (months ?? 0),
    clock.getUTCDate() + (days ?? 0),
  ]
  const [year = 0, month = 0, day = 0] = date
  const seconds = utcSeconds(year, month, day, clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds())
  return { ...instant, seconds: seconds - instant.offset }
}

/** Rounds or truncates to a multiple of `unit` nanoseconds since Go's zero time. */
function multipleOf(instant: Instant, unit: bigint, isRounding: boolean): Instant {
  if (unit <= 0n) return instant
  const since = unixNanoseconds(instant) + 62_135_596_800n * 1_000_000_000n
  const rest = since % unit
  return add(instant, isRounding && rest * 2n >= unit ? unit - rest : -rest)
}

const numbers = (values: readonly Value[]) => values.map((value) => (value.kind === 'int' ? Number(value.value) : 0))

const METHODS: Readonly<Record<string, Method>> = {
  String: getter((instant) => goString(instantText(instant))),
  GoString: getter((instant) => goString(formatGoSyntax(instant))),
  Format: {
    parameters: [STRING],
    call: (time, layout) => goString(formatInstant(instantOf(time), layout?.kind === 'string' ? layout.value : '')),
  },
  Year: getter((_, clock) => goInt(clock.getUTCFullYear())),
  Month: getter((_, clock) => ({ kind: 'int', type: MONTH, value: BigInt(clock.getUTCMonth() + 1) })),
  Day: getter((_, clock) => goInt(clock.getUTCDate())),
  Weekday: getter((_, clock) => ({ kind: 'int', type: WEEKDAY, value: BigInt(clock.getUTCDay()) })),
  YearDay: getter((instant) => goInt(yearDay(instant))),
  Hour: getter((_, clock) => goInt(clock.getUTCHours())),
  Minute: getter((_, clock) => goInt(clock.getUTCMinutes())),
  Second: getter((_, clock) => goInt(clock.getUTCSeconds())),
  Nanosecond: getter((instant) => goInt(instant.nanoseconds)),
  Unix: getter(({ seconds }) => int64(BigInt(seconds))),
  UnixMilli: getter((instant) => int64(unixNanoseconds(instant) / 1_000_000n)),
  UnixMicro: getter((instant) => int64(unixNanoseconds(instant) / 1_000n)),
  UnixNano: getter((instant) => int64(BigInt.asIntN(64, unixNanoseconds(instant)))),
  IsZero: getter((instant) => goBool(unixNanoseconds(instant) === -62_135_596_800n * 1_000_000_000n)),
  IsDST: getter(() => goBool(false)),
  UTC: getter((instant) => timeValue(inUtc(instant))),
  Local: getter((instant) => timeValue(inLocalZone(instant))),
  Before: binary((instant, other) => goBool(unixNanoseconds(instant) < unixNanoseconds(other))),
  After: binary((instant, other) => goBool(unixNanoseconds(instant) > unixNanoseconds(other))),
  Equal: binary((instant, other) => goBool(unixNanoseconds(instant) === unixNanoseconds(other))),
  Compare: binary((instant, other) => goInt(Math.sign(Number(unixNanoseconds(instant) - unixNanoseconds(other))))),
  Sub: binary((instant, other) => durationValue(unixNanoseconds(instant) - unixNanoseconds(other))),
  Add: {
    parameters: [DURATION],
    call: (time, by) => timeValue(add(instantOf(time), nanosecondsOf(by))),
  },
  AddDate: {
    parameters: [INT, INT, INT],
    call: (time, ...by) => timeValue(addDate(instantOf(time), numbers(by))),
  },
  Truncate: {
    parameters: [DURATION],
    call: (time, unit) => timeValue(multipleOf(instantOf(time), nanosecondsOf(unit), false)),
  },
  Round: {
    parameters: [DURATION],
    call: (time, unit) => timeValue(multipleOf(instantOf(time), nanosecondsOf(unit), true)),
  },
}

for (const [name, method] of Object.entries(METHODS)) methods.set(name, method)
