// The flags of commands that start containers and can wait until they are ready.
import { formatDuration, parseDuration } from '../../domain/go/duration.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { bool, type TypedFlags, type ValuesOf, value } from '../flag.ts'

/** The flags of `run`, `start` and `restart`. */
export const waitFlags = {
  wait: bool({ summary: 'Wait until healthy, or until running where there is no health check' }),
  'wait-timeout': value<Int64>({
    valueType: 'duration',
    summary: 'Longest time to wait, in seconds or as in 1m30s (default: no limit)',
    default: 0,
    read: readTimeout,
  }),
}

/** How long to wait for containers. */
export interface WaitLimit {
  readonly milliseconds: number
  /** As messages show it: `1m30s`. */
  readonly text: string
}

/** Returns nanoseconds. A number without a unit is in seconds, as in the other timeouts. */
function readTimeout(typed: string): Int64 {
  const nanoseconds = parseDuration(/^\d+$/.test(typed) ? `${typed}s` : typed)
  if (nanoseconds < 0) throw new Error('duration cannot be negative')
  return nanoseconds
}

/**
 * Returns the limit of `--wait-timeout`; undefined if it is not typed, or 0.
 * @throws Error if it is typed without `--wait`
 */
export function waitLimit(flags: ValuesOf<typeof waitFlags>, typedFlags: TypedFlags): WaitLimit | undefined {
  if (typedFlags.has('wait-timeout') && !flags.wait) throw new Error('--wait-timeout needs --wait')
  const nanoseconds = flags['wait-timeout']
  if (nanoseconds === 0) return undefined
  return { milliseconds: Math.ceil(Number(nanoseconds) / 1_000_000), text: formatDuration(BigInt(nanoseconds)) }
}
