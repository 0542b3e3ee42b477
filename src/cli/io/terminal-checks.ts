/** Checks that refuse a command because of what is, or is not, a terminal. */
import { ExitStatus } from '../../domain/errors.ts'
import type { Input, Output } from './streams.ts'

/** Refuses to attach a TTY to a stdin that is no terminal. @throws ExitStatus with docker's message */
export function checkTerminal(input: Input, stdin: boolean, tty: boolean): void {
  if (!stdin || !tty || input.isTerminal) return
  throw new ExitStatus(
    1,
    'the input device is not a TTY',
    'remove -t to read input from a pipe or file, or run this on a terminal',
  )
}

/** Refuses to write an archive to a terminal. @throws ExitStatus with docker's message */
export function refuseTerminal(output: Output): void {
  if (!output.isTerminal) return
  throw new ExitStatus(1, 'cowardly refusing to save to a terminal. Use the -o flag or redirect')
}
