import { parseDuration } from '../domain/go/duration.ts'
import { parseGoUint } from '../domain/go/int.ts'
import { parseRamBytes } from '../domain/size.ts'
import { type Describe, list, type ValueFlag, value } from './flag.ts'

/** A size in bytes, typed as `512m`. */
export function bytes(describe: Describe): ValueFlag<number> {
  return value({ ...describe, valueType: 'bytes', default: 0, read: parseRamBytes })
}

/** A time in nanoseconds, typed as `1m30s`. */
export function duration(describe: Describe): ValueFlag<number> {
  return value({ ...describe, valueType: 'duration', defaultText: '0s', default: 0, read: parseDuration })
}

/** A whole number from 0 up to `2^bits - 1`, in Go's syntax. */
export function unsigned(describe: Describe & { bits: 16 | 64; valueType: string }): ValueFlag<number> {
  const { bits, ...rest } = describe
  return value({ ...rest, default: 0, read: (text) => parseGoUint(text, bits) })
}

/** A list whose entries are read one by one. */
export function each<T>(
  describe: Describe & { valueType?: string; read: (text: string) => T },
): ValueFlag<readonly T[]> {
  const { read, ...rest } = describe
  return list({ valueType: 'list', ...rest, read: (text) => [read(text)] })
}
