import { parseDuration } from '../../domain/go/duration.ts'
import { parseGoFloat32 } from '../../domain/go/float.ts'
import { shellWords } from '../../domain/shell-words.ts'
import { type Describe, list, type ValueFlag, value } from '../flag.ts'

/** A time in nanoseconds; unlike `duration`'s, there is none unless it is given. */
export function span(describe: Describe): ValueFlag<number> {
  return value({ ...describe, valueType: 'duration', default: 0, read: parseDuration })
}

/** A time that is not negative, in nanoseconds. */
export function positiveSpan(describe: Describe): ValueFlag<number> {
  return value({
    ...describe,
    valueType: 'duration',
    default: 0,
    read: (typed) => {
      const nanoseconds = parseDuration(typed)
      if (nanoseconds < 0) throw new Error('duration cannot be negative')
      return nanoseconds
    },
  })
}

/** A float32. */
export function float(describe: Describe): ValueFlag<number> {
  return value({ ...describe, valueType: 'float', default: 0, read: parseGoFloat32 })
}

/** A command line, split into words as a shell would. */
export function command(describe: Describe): ValueFlag<readonly string[]> {
  return value<readonly string[]>({ ...describe, valueType: 'command', default: [], read: shellWords })
}

/** A list of which each occurrence may add several. */
export function several<T>(
  describe: Describe & { valueType: string; read: (text: string) => readonly T[] },
): ValueFlag<readonly T[]> {
  return list(describe)
}
