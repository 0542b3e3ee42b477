import { ExitStatus } from '../../domain/errors.ts'
import type { Input, Output } from './streams.ts'

/** A process with a terminal cannot be typed to from a file or pipe. @throws ExitStatus in docker's words */
export function checkTerminal(input: Input, stdin: boolean, tty: boolean): void {
  if (!stdin || !tty || input.isTerminal) return
  throw new ExitStatus(
    1,
    'the input device is not a TTY',
    'leave out -t to pass on what is piped in, or run this on a terminal',
  )
}

/** An archive is not to be looked at. @throws ExitStatus in docker's words */
export function refuseTerminal(output: Output): void {
  if (!output.isTerminal) return
  throw new ExitStatus(1, 'cowardly refusing to save to a terminal. Use the -o flag or redirect')
}
