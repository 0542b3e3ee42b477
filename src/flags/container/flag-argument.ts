// The inverse of parsing: the flags that a value is typed as. The files *-arguments.ts have it for each group of flags.
import { type Int64, toInt64 } from '../../domain/go/int.ts'

/** A flag of a command line, and its value; a switch that is on has none. */
export interface FlagArgument {
  readonly name: string
  readonly value?: string
}

type Text = string | undefined
type Texts = readonly string[] | null | undefined

/** Returns the flag, unless the text is empty. */
export function textArgument(name: string, value: Text): FlagArgument[] {
  return value ? [{ name, value }] : []
}

/** Returns the flag once for each text. */
export function textArguments(name: string, values: Texts): FlagArgument[] {
  return (values ?? []).map((value) => ({ name, value }))
}

/** Returns the flag, unless the number is its default. */
export function numberArgument(name: string, value: Int64 | undefined, initial = 0): FlagArgument[] {
  return value === undefined || value === initial ? [] : [{ name, value: String(value) }]
}

/** Returns the switch if it is on. */
export function switchArgument(name: string, isOn: boolean | undefined): FlagArgument[] {
  return isOn ? [{ name }] : []
}

/** Returns the flag once for each entry, as `KEY=VALUE`. */
export function pairArguments(name: string, pairs: Readonly<Record<string, string>> | undefined): FlagArgument[] {
  return Object.entries(pairs ?? {}).map(([key, value]) => ({ name, value: `${key}=${value}` }))
}

const UNITS: readonly (readonly [bigint, string])[] = [
  [1n << 30n, 'g'],
  [1n << 20n, 'm'],
  [1n << 10n, 'k'],
]

/** Returns the flag with a size in bytes, in the largest unit that is exact; nothing for 0. */
export function bytesArgument(name: string, value: Int64 | undefined): FlagArgument[] {
  return value === undefined || value === 0 ? [] : [{ name, value: formatExactBytes(value) }]
}

/** Formats bytes so that `parseRamBytes` returns the same number: `512m`, `1000`. Negative numbers stay as they are. */
export function formatExactBytes(value: Int64): string {
  const bytes = BigInt(value)
  const [size, unit] = UNITS.find(([size]) => bytes > 0n && bytes % size === 0n) ?? [1n, '']
  return `${toInt64(bytes / size)}${unit}`
}
