import { ExitStatus } from '../../domain/errors.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { int, type TypedFlags, text, type ValuesOf } from '../flag.ts'

/** The flags of `stop` and `restart` for how a container is stopped. */
export const stopFlags = {
  signal: text({ completes: 'signals', char: 's', summary: 'Signal to send to the container' }),
  time: int({ hidden: true, summary: 'Old name of --timeout', deprecation: 'use --timeout instead' }),
  timeout: int({ char: 't', summary: 'Seconds to wait before killing the container' }),
}

/**
 * Translates the flags to the request's parameters; the timeout is in seconds. An absent one is the container's own setting.
 * @throws ExitStatus with docker's message if both spellings of the timeout were typed
 */
export function stopRequest(
  flags: ValuesOf<typeof stopFlags>,
  typedFlags: TypedFlags,
): { signal?: string; timeout?: Int64 } {
  if (typedFlags.has('time') && typedFlags.has('timeout')) {
    throw new ExitStatus(1, 'conflicting options: cannot specify both --timeout and --time')
  }
  const timeout = typedFlags.has('time') ? flags.time : typedFlags.has('timeout') ? flags.timeout : undefined
  return {
    ...(flags.signal === '' ? {} : { signal: flags.signal }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}
