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
import { DURATION, duration, nanosecondsOf } from './duration.ts'
import {
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
export const TIME: GoType = { kind: 'struct', name: 'time.Time', methods, printsItself: true }

const MONTH: GoType = {
  kind: 'int',
  name: 'time.Month',
  shown: (value) => MONTHS[Number(value) - 1] ?? `%!Month(${value})`,
}
const WEEKDAY: GoType = { kind: 'int', name: 'time.Weekday', shown: (value) => WEEKDAYS[Number(value)] ?? '' }

/** A value of Go's time.Time. */
export function timeValue(instant: Instant): Value {
  return {
    kind: 'struct',
    type: TIME,
    fields: fieldsOf(instant),
    instant,
    text: () => instantText(instant),
    syntax: () => goSyntax(instant),
    json: () => jsonString(instantJson(instant), false),
  }
}

/** Go's own fields, which verbs other than `%v` show. */
function fieldsOf({ seconds, nanoseconds, zone }: Instant): ReadonlyMap<string, Value> {
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

/** `time.Date(2025, time.January, …)`, as `%#v` has it. */
function goSyntax(instant: Instant): string {
  const clock = clockOf(instant)
  const date = `${clock.getUTCFullYear()}, time.${MONTHS[clock.getUTCMonth()]}, ${clock.getUTCDate()}`
  const time = `${clock.getUTCHours()}, ${clock.getUTCMinutes()}, ${clock.getUTCSeconds()}, ${instant.nanoseconds}`
  const zone = instant.zone === 'UTC' ? 'time.UTC' : `time.Location(${goQuote(instant.zone)})`
  return `time.Date(${date}, ${time}, ${zone})`
}

/** The instant of a receiver or argument that is known to be a time. */
function instantOf(value: Value | undefined): Instant {
  if (value?.kind !== 'struct' || value.instant === undefined) throw new Error('not a time')
  return value.instant
}

/** A method without arguments. */
function reading(read: (instant: Instant, clock: Date) => Value): Method {
  return {
    parameters: [],
    call: (time) => {
      const instant = instantOf(time)
      return read(instant, clockOf(instant))
    },
  }
}

function withTime(call: (instant: Instant, other: Instant) => Value): Method {
  return { parameters: [TIME], call: (time, other) => call(instantOf(time), instantOf(other)) }
}

const int64 = (value: bigint): Value => ({ kind: 'int', type: INT64, value })

/** Nanoseconds since 1970. */
function nanoseconds({ seconds, nanoseconds }: Instant): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds)
}

function moved(instant: Instant, by: bigint): Instant {
  const moment = nanoseconds(instant) + by
  const rest = ((moment % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  return { ...instant, seconds: Number((moment - rest) / 1_000_000_000n), nanoseconds: Number(rest) }
}

function inUtc(instant: Instant): Instant {
  return { ...instant, offset: 0, zone: 'UTC' }
}

/** On the clock of this machine. */
function inLocalZone(instant: Instant): Instant {
  const date = new Date(instant.seconds * 1000)
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(date)
  const zone = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return { ...instant, offset: -60 * date.getTimezoneOffset(), zone }
}

function dateMoved(instant: Instant, [years, months, days]: readonly number[]): Instant {
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

/** Rounding counts from Go's zero time. */
function toMultiple(instant: Instant, unit: bigint, isRounding: boolean): Instant {
  if (unit <= 0n) return instant
  const since = nanoseconds(instant) + 62_135_596_800n * 1_000_000_000n
  const rest = since % unit
  return moved(instant, isRounding && rest * 2n >= unit ? unit - rest : -rest)
}

const numbers = (values: readonly Value[]) => values.map((value) => (value.kind === 'int' ? Number(value.value) : 0))

const METHODS: Readonly<Record<string, Method>> = {
  String: reading((instant) => goString(instantText(instant))),
  GoString: reading((instant) => goString(goSyntax(instant))),
  Format: {
    parameters: [STRING],
    call: (time, layout) => goString(formatInstant(instantOf(time), layout?.kind === 'string' ? layout.value : '')),
  },
  Year: reading((_, clock) => goInt(clock.getUTCFullYear())),
  Month: reading((_, clock) => ({ kind: 'int', type: MONTH, value: BigInt(clock.getUTCMonth() + 1) })),
  Day: reading((_, clock) => goInt(clock.getUTCDate())),
  Weekday: reading((_, clock) => ({ kind: 'int', type: WEEKDAY, value: BigInt(clock.getUTCDay()) })),
  YearDay: reading((instant) => goInt(yearDay(instant))),
  Hour: reading((_, clock) => goInt(clock.getUTCHours())),
  Minute: reading((_, clock) => goInt(clock.getUTCMinutes())),
  Second: reading((_, clock) => goInt(clock.getUTCSeconds())),
  Nanosecond: reading((instant) => goInt(instant.nanoseconds)),
  Unix: reading(({ seconds }) => int64(BigInt(seconds))),
  UnixMilli: reading((instant) => int64(nanoseconds(instant) / 1_000_000n)),
  UnixMicro: reading((instant) => int64(nanoseconds(instant) / 1_000n)),
  UnixNano: reading((instant) => int64(BigInt.asIntN(64, nanoseconds(instant)))),
  IsZero: reading((instant) => goBool(nanoseconds(instant) === -62_135_596_800n * 1_000_000_000n)),
  IsDST: reading(() => goBool(false)),
  UTC: reading((instant) => timeValue(inUtc(instant))),
  Local: reading((instant) => timeValue(inLocalZone(instant))),
  Before: withTime((instant, other) => goBool(nanoseconds(instant) < nanoseconds(other))),
  After: withTime((instant, other) => goBool(nanoseconds(instant) > nanoseconds(other))),
  Equal: withTime((instant, other) => goBool(nanoseconds(instant) === nanoseconds(other))),
  Compare: withTime((instant, other) => goInt(Math.sign(Number(nanoseconds(instant) - nanoseconds(other))))),
  Sub: withTime((instant, other) => duration(nanoseconds(instant) - nanoseconds(other))),
  Add: {
    parameters: [DURATION],
    call: (time, by) => timeValue(moved(instantOf(time), nanosecondsOf(by))),
  },
  AddDate: {
    parameters: [INT, INT, INT],
    call: (time, ...by) => timeValue(dateMoved(instantOf(time), numbers(by))),
  },
  Truncate: {
    parameters: [DURATION],
    call: (time, unit) => timeValue(toMultiple(instantOf(time), nanosecondsOf(unit), false)),
  },
  Round: {
    parameters: [DURATION],
    call: (time, unit) => timeValue(toMultiple(instantOf(time), nanosecondsOf(unit), true)),
  },
}

for (const [name, method] of Object.entries(METHODS)) methods.set(name, method)
