import { type Similar, UsageError } from '../../domain/errors.ts'
import { notHere } from '../help/missing-commands.ts'

/** The program's name in messages. */
export const PROGRAM = 'tug'

/** What an error about a command says of its use. */
export interface Usage {
  /** `ps`, `container ls`; empty for tug itself. */
  readonly path: string
  /** What follows the path in the usage line. */
  readonly synopsis: string
}

/** How tug itself is used. */
export const ROOT_USAGE: Usage = { path: '', synopsis: '[OPTIONS] COMMAND [ARG...]' }

/** How `tug help` is used. */
export const HELP_USAGE: Usage = { path: 'help', synopsis: '[command]' }

/** `tug container ls` */
function fullPath({ path }: Usage): string {
  return path === '' ? PROGRAM : `${PROGRAM} ${path}`
}

/** `tug container ls [OPTIONS]` */
export function usageLine(usage: Usage): string {
  return `${fullPath(usage)} ${usage.synopsis}`.trimEnd()
}

/** A flag is wrong. docker responds 125 to these wherever they occur, because `run` must keep the container's codes apart. */
export function flagUsageError(message: string, usage: Usage, similar?: Similar): UsageError {
  return new UsageError(
    `${message}\n\nUsage:  ${usageLine(usage)}\n\nRun '${fullPath(usage)} --help' for more information`,
    {
      exitCode: 125,
      ...(similar ? { similar } : {}),
    },
  )
}

/** Too few or too many arguments, in docker's words. @param demand `requires at least 1 argument` */
export function arityError(demand: string, usage: Usage, verb: 'Run' | 'See'): UsageError {
  const path = fullPath(usage)
  return new UsageError(
    `${PROGRAM}: '${path}' ${demand}\n\nUsage:  ${usageLine(usage)}\n\n${verb} '${path} --help' for more information`,
    { exitCode: 1 },
  )
}

/** A word that names no command. @param group the group it was looked for in; empty at the top */
export function unknownCommand(word: string, group: string, known: readonly string[]): UsageError {
  const path = group === '' ? PROGRAM : `${PROGRAM} ${group}`
  const usage = group === '' ? '' : `Usage:  ${path}\n\n`
  return new UsageError(
    `${PROGRAM}: unknown command: ${path} ${word}\n\n${usage}Run '${path} --help' for more information`,
    {
      exitCode: 1,
      ...(group === '' ? { hint: notHere(word) } : {}),
      similar: { typed: word, known },
    },
  )
}
