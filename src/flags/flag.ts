import type { Interfaces } from '@oclif/core'
import { parseGoBool } from '../domain/go/bool.ts'
import { parseCsvRecord } from '../domain/go/csv.ts'
import { parseGoInt } from '../domain/go/int.ts'
import { goQuote } from '../domain/go/quote.ts'
import type { CompletionSource } from './completion-source.ts'

/** The names of the flags that were typed, in the order in which they were typed last. */
export type TypedFlags = ReadonlySet<string>

type Letter = Interfaces.AlphabetLowercase | Interfaces.AlphabetUppercase

/**
 * What pflag knows of a flag and oclif has no field for. Our parser (`src/cli/argv/argv.ts`) reads these beside oclif's
 * own fields, so one static declaration serves parsing, help, manifest and completion.
 */
interface PflagFacts<T> {
  /** The value's type as help and errors name it: `string`, `list`, `bytes`; empty for a boolean. */
  readonly valueType: string
  /** The value while the flag has not been given. */
  readonly initial: T
  /**
   * The value after the flag was given as `text`. Throws an `Error` whose message is the reason docker prints behind
   * `invalid argument "x" for "-p, --publish" flag: `.
   * @param previous the value so far; equal to `initial` the first time
   * @param isFirst whether this is the first time the flag is given
   */
  set(text: string, previous: T, isFirst: boolean): T
  /** The text that a bare `--flag` stands for (pflag's NoOptDefVal). Absent: a value must follow. */
  readonly bareText?: string
  /** The oldest API version whose daemon understands the flag, such as `1.42`. */
  readonly minApi?: string
  /** The only operating system whose daemon understands the flag. */
  readonly daemonOs?: 'linux' | 'windows'
  /** Whether only a daemon with experimental features understands the flag. */
  readonly isExperimental?: boolean
  /** What completion offers for the value; the command's `flagsComplete` where absent. */
  readonly completes?: CompletionSource
  /** The default as help shows it, where it is not the zero value: `(default "json-file")` shows `"json-file"`. */
  readonly defaultText?: string
  /** The sentence pflag prints when a deprecated flag is used: `Flag --x has been deprecated, <sentence>`. */
  readonly deprecation?: string
}

export type ValueFlag<T> = Interfaces.OptionFlag<T> & PflagFacts<T>
export type SwitchFlag = Interfaces.BooleanFlag<boolean> & PflagFacts<boolean>
type OptionalSwitchFlag = Interfaces.BooleanFlag<boolean> & PflagFacts<boolean | undefined>

/** A flag of any type, as the parser and help read it. */
export interface AnyFlag extends PflagFacts<unknown> {
  readonly char?: Letter
  readonly aliases?: string[]
  readonly hidden?: boolean
  readonly summary?: string
}

/** The values that a set of flags parses to, by flag name. */
export type ValuesOf<S> = { [K in keyof S]: S[K] extends PflagFacts<infer T> ? T : never }

/** What every flag may say of itself, whatever its type. */
export interface Describe {
  char?: Letter
  /** One help line. The words are ours; the flag's name and type are docker's. */
  summary: string
  hidden?: boolean
  minApi?: string
  daemonOs?: 'linux' | 'windows'
  isExperimental?: boolean
  completes?: CompletionSource
  deprecation?: string
  defaultText?: string
  /** Another spelling of the same flag, hidden from help: `--net` for `--network`. */
  aliases?: string[]
}

/** Go's `strconv.ParseBool`, with the reason as pflag words it. */
export function parseBool(text: string): boolean {
  const read = parseGoBool(text)
  if (read !== undefined) return read
  throw new Error(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`)
}

/** A boolean flag: `--rm`, `--rm=false`. `--rm false` leaves `false` to be an argument, as pflag does. */
export function bool(describe: Describe & { default?: boolean }): SwitchFlag {
  const initial = describe.default ?? false
  return {
    name: '',
    ...(initial ? { defaultText: 'true' } : {}),
    ...describe,
    type: 'boolean',
    allowNo: false,
    default: initial,
    parse: oclifParserIsNotUsed,
    valueType: '',
    initial,
    bareText: 'true',
    set: parseBool,
  }
}

/** A boolean flag that is unset while it has not been given: `--tls=false` is not the same as no `--tls`. */
export function optionalBool(describe: Describe): OptionalSwitchFlag {
  return { ...bool(describe), initial: undefined, set: parseBool }
}

/** A flag with one value; given again, the last one wins. */
export function value<T>(
  describe: Describe & { valueType: string; default: T; read: (text: string) => T; bareText?: string },
): ValueFlag<T> {
  const { default: initial, read, ...rest } = describe
  return { name: '', ...rest, ...valueFlag(initial), set: (text) => read(text) }
}

/** A flag that may be given often; each occurrence adds what `read` makes of it, in the order typed. */
export function list<T>(
  describe: Describe & { valueType: string; read: (text: string) => readonly T[] },
): ValueFlag<readonly T[]> {
  const { read, ...rest } = describe
  return {
    name: '',
    ...rest,
    ...valueFlag<readonly T[]>([]),
    multiple: true,
    set: (text, previous) => [...previous, ...read(text)],
  }
}

/** A plain string flag. */
export function text(describe: Describe & { default?: string }): ValueFlag<string> {
  return value({
    valueType: 'string',
    ...(describe.default ? { defaultText: JSON.stringify(describe.default) } : {}),
    ...describe,
    default: describe.default ?? '',
    read: (typed) => typed,
  })
}

/** A list of texts taken as they are; nothing is split (pflag's stringArray, docker's unvalidated ListOpts). */
export function texts(describe: Describe & { valueType?: string }): ValueFlag<readonly string[]> {
  return list({ valueType: 'list', ...describe, read: (typed) => [typed] })
}

/** A list whose every occurrence is one CSV record (pflag's stringSlice). */
export function strings(describe: Describe): ValueFlag<readonly string[]> {
  return list({ valueType: 'strings', ...describe, read: (typed) => (typed === '' ? [] : parseCsvRecord(typed)) })
}

/** A whole number in Go's syntax. */
export function int(describe: Describe & { default?: number; valueType?: 'int' | 'int64' }): ValueFlag<number> {
  return value({
    valueType: 'int',
    ...(describe.default ? { defaultText: String(describe.default) } : {}),
    ...describe,
    default: describe.default ?? 0,
    read: parseGoInt,
  })
}

function valueFlag<T>(initial: T) {
  return {
    type: 'option' as const,
    input: [],
    multiple: false,
    default: async () => initial,
    parse: oclifParserIsNotUsed,
    initial,
  }
}

/** oclif's own parser does not fit docker's grammar (docs/architecture.md); `DockerCommand.read` calls `set` instead. */
async function oclifParserIsNotUsed(): Promise<never> {
  throw new Error('flags are read by DockerCommand.read')
}

/** Whether an oclif flag was made by one of the builders above. */
export function isPflag(flag: object): flag is AnyFlag {
  return 'set' in flag && 'valueType' in flag
}
