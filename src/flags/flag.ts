// The types of flags: how a flag is declared, and what docker's parser, pflag, knows about it.
import type { Interfaces } from '@oclif/core'
import { parseGoBool } from '../domain/go/bool.ts'
import { parseCsvRecord } from '../domain/go/csv.ts'
import { type Int64, parseGoInt } from '../domain/go/int.ts'
import { goQuote } from '../domain/go/quote.ts'
import type { CompletionSource } from './completion-source.ts'

/** The names of the flags that were typed, in the order in which they were typed last. */
export type TypedFlags = ReadonlySet<string>

/**
 * Reads a file that a flag names.
 * @throws Error worded as Go words it: `open x: no such file or directory`, `read x: is a directory`
 */
export type ReadFile = (path: string) => Uint8Array

type Letter = Interfaces.AlphabetLowercase | Interfaces.AlphabetUppercase

/**
 * What pflag knows about a flag and oclif has no field for. Our parser (`src/cli/argv/argv.ts`) reads these beside
 * oclif's own fields, so one static declaration serves parsing, help, manifest and completion.
 */
interface PflagFacts<T> {
  /** The value's type as help and errors name it: `string`, `list`, `bytes`; empty for a boolean. */
  readonly valueType: string
  /** The value of a flag that was not typed. */
  readonly initial: T
  /**
   * Returns the value after the flag was typed with `text`.
   * @param previous the value so far; equal to `initial` the first time
   * @param isFirst whether this is the first time the flag is typed
   * @throws Error with the reason that docker prints after `invalid argument "x" for "-p, --publish" flag: `
   */
  set(text: string, previous: T, isFirst: boolean): T
  /**
   * Present where the value contains the content of files: does what `set` does, and reads them. docker reads them while
   * it parses argv. tug parses first and calls this afterwards, in the order typed, so that parsing does no I/O and the
   * first mistake is still the one that is reported.
   */
  load?(text: string, previous: T, readFile: ReadFile): T
  /** The text that a bare `--flag` stands for (pflag's NoOptDefVal). If absent, a value must follow. */
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
  /** Whether the flag may be repeated. */
  readonly multiple?: boolean
  readonly hidden?: boolean
  readonly summary?: string
}

/** The values that a set of flags parses to, by flag name. */
export type ValuesOf<S> = { [K in keyof S]: S[K] extends PflagFacts<infer T> ? T : never }

/** The properties that a flag of any type may have. */
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
  /** Other spellings of the same flag, hidden from help: `--net` for `--network`. */
  aliases?: string[]
}

/**
 * Parses a boolean as Go's `strconv.ParseBool` does.
 * @throws Error with the reason as pflag words it
 */
export function parseBool(text: string): boolean {
  const parsed = parseGoBool(text)
  if (parsed !== undefined) return parsed
  throw new Error(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`)
}

/** A boolean flag: `--rm`, `--rm=false`. In `--rm false`, `false` is an operand, as in pflag. */
export function bool(describe: Describe & { default?: boolean }): SwitchFlag {
  const initial = describe.default ?? false
  return {
    name: '',
    ...(initial ? { defaultText: 'true' } : {}),
    ...describe,
    type: 'boolean',
    allowNo: false,
    default: initial,
    parse: refuseOclifParser,
    valueType: '',
    initial,
    bareText: 'true',
    set: parseBool,
  }
}

/** A boolean flag that is undefined unless it was typed: `--tls=false` differs from no `--tls`. */
export function optionalBool(describe: Describe): OptionalSwitchFlag {
  return { ...bool(describe), initial: undefined, set: parseBool }
}

/** A boolean flag that has one word as a value too: `--timestamps=local`. To docker, that is an invalid boolean. */
export function boolOr<T extends string>(
  word: T,
  describe: Describe,
): Interfaces.BooleanFlag<boolean> & PflagFacts<boolean | T> {
  return { ...bool(describe), set: (text) => (text === word ? word : parseBool(text)) }
}

/** A flag with one value. If it is repeated, the last value wins. */
export function value<T>(
  describe: Describe & { valueType: string; default: T; read: (text: string) => T; bareText?: string },
): ValueFlag<T> {
  const { default: initial, read, ...rest } = describe
  return { name: '', ...rest, ...valueFlag(initial), set: (text) => read(text) }
}

/** A flag that may be repeated. `read` may turn one occurrence into several entries; they keep the order typed. */
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

/** A flag that may be repeated, with one entry for each occurrence. */
export function each<T>(
  describe: Describe & { valueType?: string; read: (text: string) => T },
): ValueFlag<readonly T[]> {
  const { read, ...rest } = describe
  return list({ valueType: 'list', ...rest, read: (text) => [read(text)] })
}

/** A string flag. */
export function text(describe: Describe & { default?: string }): ValueFlag<string> {
  return value({
    valueType: 'string',
    ...(describe.default ? { defaultText: JSON.stringify(describe.default) } : {}),
    ...describe,
    default: describe.default ?? '',
    read: (typed) => typed,
  })
}

/** A list of strings that are neither split nor checked (pflag's stringArray, docker's unvalidated ListOpts). */
export function texts(describe: Describe & { valueType?: string }): ValueFlag<readonly string[]> {
  return each({ ...describe, read: (typed) => typed })
}

/** A list of `key=value` strings that become a map. Without `=` the value is empty. */
export function mapOf(describe: Describe): ValueFlag<readonly string[]> {
  return texts({ valueType: 'map', defaultText: 'map[]', ...describe })
}

/** A list of strings; each occurrence is one CSV record (pflag's stringSlice). */
export function strings(describe: Describe): ValueFlag<readonly string[]> {
  return list({ valueType: 'strings', ...describe, read: (typed) => (typed === '' ? [] : parseCsvRecord(typed)) })
}

/** An integer in Go's syntax. */
export function int(describe: Describe & { default?: number; valueType?: 'int' | 'int64' }): ValueFlag<Int64> {
  return value<Int64>({
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
    parse: refuseOclifParser,
    initial,
  }
}

/** oclif's own parser does not fit docker's grammar (docs/architecture.md); `DockerCommand.read` calls `set` instead. */
async function refuseOclifParser(): Promise<never> {
  throw new Error('flags are read by DockerCommand.read')
}

/** Whether an oclif flag was created by one of the functions above. */
export function isPflag(flag: object): flag is AnyFlag {
  return 'set' in flag && 'valueType' in flag
}
