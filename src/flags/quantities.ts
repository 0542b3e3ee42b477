// Flags whose value is a number: sizes, durations and limits. Few commands have them, so the others do not load their parsers.
import { parseUlimit, type Ulimit } from '../domain/container/ulimit.ts'
import { parseDuration } from '../domain/go/duration.ts'
import { parseGoFloat32 } from '../domain/go/float.ts'
import { type Int64, parseGoUint } from '../domain/go/int.ts'
import { parseRamBytes } from '../domain/size.ts'
import { type Describe, each, type ValueFlag, value } from './flag.ts'

const UINT_BITS = { uint: 64, uint16: 16, uint32: 32 } as const

/** An integer in Go's syntax that is not negative and fits its type; a `uint` has 64 bits. */
export function uint(describe: Describe & { default?: number; valueType?: keyof typeof UINT_BITS }): ValueFlag<Int64> {
  const { valueType = 'uint', default: initial = 0, ...rest } = describe
  return value<Int64>({
    ...(initial === 0 ? {} : { defaultText: String(initial) }),
    ...rest,
    valueType,
    default: initial,
    read: (typed) => parseGoUint(typed, UINT_BITS[valueType]),
  })
}

/** A number with the precision of Go's float32. */
export function float(describe: Describe): ValueFlag<number> {
  return value({ ...describe, valueType: 'float', default: 0, read: parseGoFloat32 })
}

/** A size in bytes, typed as `512m`. */
export function bytes(describe: Describe): ValueFlag<Int64> {
  return value<Int64>({ ...describe, valueType: 'bytes', default: 0, read: parseRamBytes })
}

/** A duration in nanoseconds, typed as `1m30s`. */
export function duration(describe: Describe & { default?: number }): ValueFlag<Int64> {
  return value<Int64>({ ...describe, valueType: 'duration', default: describe.default ?? 0, read: parseDuration })
}

/** A duration in nanoseconds that is not negative (docker/cli opts.PositiveDurationOpt). */
export function positiveDuration(describe: Describe): ValueFlag<Int64> {
  const read = (typed: string) => {
    const nanoseconds = parseDuration(typed)
    if (nanoseconds < 0) throw new Error('duration cannot be negative')
    return nanoseconds
  }
  return value<Int64>({ ...describe, valueType: 'duration', default: 0, read })
}

/** `--memory-swap`, in bytes. */
export function memorySwap(
  describe: Describe = { summary: 'Limit memory plus swap; -1 for no limit' },
): ValueFlag<Int64> {
  return value<Int64>({
    ...describe,
    valueType: 'bytes',
    default: 0,
    read: (typed) => (typed === '-1' ? -1 : parseRamBytes(typed)),
  })
}

/** `--ulimit`, which may be repeated. */
export function ulimits(describe: Describe): ValueFlag<readonly Ulimit[]> {
  return each({ valueType: 'ulimit', defaultText: '[]', ...describe, read: parseUlimit })
}
