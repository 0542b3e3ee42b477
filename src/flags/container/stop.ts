import { ExitStatus } from '../../domain/errors.ts'
import { int, text, type ValuesOf } from '../flag.ts'

/** How a container is stopped, for `stop` and `restart`. */
export const stopFlags = {
  signal: text({ completes: 'signals', char: 's', summary: 'Signal to ask the container to end with' }),
  time: int({ hidden: true, summary: 'Old name of --timeout', deprecation: 'use --timeout instead' }),
  timeout: int({ char: 't', summary: 'Seconds to wait before killing the container' }),
}

/** What is left out is the container's own to say. @throws ExitStatus in docker's words */
export function stopRequest(
  flags: ValuesOf<typeof stopFlags>,
  typedFlags: ReadonlySet<string>,
): { signal?: string; timeout?: number } {
  if (typedFlags.has('time') && typedFlags.has('timeout')) {
    throw new ExitStatus(1, 'conflicting options: cannot specify both --timeout and --time')
  }
  const timeout = typedFlags.has('time') ? flags.time : typedFlags.has('timeout') ? flags.timeout : undefined
  return {
    ...(flags.signal === '' ? {} : { signal: flags.signal }),
    ...(timeout === undefined ? {} : { timeout }),
  }
}
