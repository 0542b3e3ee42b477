/** Usage lines, and the errors that show them. */

import { type Similar, UsageError } from '../../domain/errors.ts'
import { programName } from '../program-name.ts'

/** The groups of docker's commands that tug does not have. docker 29 has removed `trust`, too. */
export const MISSING_GROUPS: ReadonlySet<string> = new Set(['trust'])

/** The commands of docker's plugin buildx that tug does not have. */
const BUILDX_ONLY: ReadonlySet<string> = new Set([
  ...['bake', 'create', 'dap', 'debug', 'dial-stdio', 'f', 'history', 'imagetools', 'install', 'uninstall'],
])

/** A command's usage, for errors about it. */
export interface Usage {
  /** `ps`, `container ls`; empty for tug itself. */
  readonly path: string
  /** What follows the path in the usage line. */
  readonly synopsis: string
}

/** The usage of tug itself. */
export const ROOT_USAGE: Usage = { path: '', synopsis: '[OPTIONS] COMMAND [ARG...]' }

/** The usage of `tug help`. */
export const HELP_USAGE: Usage = { path: 'help', synopsis: '[command]' }

/** `tug container ls` */
function fullPath({ path }: Usage): string {
  return path === '' ? programName() : `${programName()} ${path}`
}

/** `tug container ls [OPTIONS]` */
export function usageLine(usage: Usage): string {
  return `${fullPath(usage)} ${usage.synopsis}`.trimEnd()
}

/**
 * Returns the error for a wrong flag. docker exits with 125 for it in every command, because the exit codes of `run`
 * below that belong to the container.
 */
export function flagUsageError(message: string, usage: Usage, similar?: Similar): UsageError {
  return new UsageError(
    `${message}\n\nUsage:  ${usageLine(usage)}\n\nRun '${fullPath(usage)} --help' for more information`,
    {
      exitCode: 125,
      ...(similar ? { similar } : {}),
    },
  )
}

/** Returns docker's error for a wrong number of arguments. @param demand `requires at least 1 argument` */
export function arityError(demand: string, usage: Usage, verb: 'Run' | 'See'): UsageError {
  const path = fullPath(usage)
  return new UsageError(
    `${programName()}: '${path}' ${demand}\n\nUsage:  ${usageLine(usage)}\n\n${verb} '${path} --help' for more information`,
    { exitCode: 1 },
  )
}

/** What docker's usage line shows after the name of a group, where it shows anything. */
const GROUP_SYNOPSES: Readonly<Record<string, string>> = {
  manifest: ' COMMAND',
  stack: ' [OPTIONS]',
  volume: ' COMMAND',
}

/**
 * Returns the error for a word that is no command.
 * @param group the group that was searched; empty at the top level
 * @param known the commands that could have been meant
 */
export function unknownCommand(word: string, group: string, known: readonly string[]): UsageError {
  const path = group === '' ? programName() : `${programName()} ${group}`
  if (isOnlyInPlugin(group, word)) return missingBuildxCommand(path, word)
  if (group === '' && MISSING_GROUPS.has(word)) return missingGroup(path, word)
  const usage = group === '' ? '' : `Usage:  ${path}${GROUP_SYNOPSES[group] ?? ''}\n\n`
  return new UsageError(
    `${programName()}: unknown command: ${path} ${word}\n\n${usage}Run '${path} --help' for more information`,
    {
      exitCode: 1,
      similar: { typed: word, known, isFirstWord: group === '' },
    },
  )
}

/** Whether only docker's plugin has a command of a group. */
export function isOnlyInPlugin(group: string, word: string | undefined): boolean {
  return group === 'buildx' && word !== undefined && BUILDX_ONLY.has(word)
}

/** Returns the error for a command that only the plugin has. buildx's own errors begin with ERROR, too. */
function missingBuildxCommand(path: string, word: string): UsageError {
  return new UsageError(
    `ERROR: ${path} ${word} needs docker's plugin buildx, which is not installed: ${programName()} only builds with the engine's own BuildKit`,
    { exitCode: 1 },
  )
}

function missingGroup(path: string, word: string): UsageError {
  return new UsageError(
    `${programName()}: unknown command: ${path} ${word}\n\n` +
      'Docker Content Trust is not supported, and docker 29 has removed it.\n' +
      'To sign and verify images, use a tool such as cosign or notation.',
    { exitCode: 1 },
  )
}
