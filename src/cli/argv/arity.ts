/** The number of a command's arguments, and their names. */
import type { Interfaces } from '@oclif/core'
import { arityError, type Usage } from './usage.ts'

interface AllowedCount {
  readonly min: number
  readonly max: number
}

/** Returns how many arguments a command's static `args` allow. */
function allowedCount(args: Interfaces.ArgInput): AllowedCount {
  let [min, max] = [0, 0]
  for (const name in args) {
    if (args[name]?.required) min++
    max += args[name]?.multiple ? Number.POSITIVE_INFINITY : 1
  }
  return { min, max }
}

/**
 * Refuses a wrong number of arguments. Hidden ones, which docker does not have, are not in the message.
 * @throws UsageError with docker's message (docker/cli cli/required.go)
 */
export function checkArity(args: Interfaces.ArgInput, count: number, usage: Usage): void {
  if (isAllowed(allowedCount(args), count)) return
  const { min, max } = allowedCount(Object.fromEntries(Object.entries(args).filter(([, arg]) => !arg.hidden)))
  if (max === 0) throw arityError('accepts no arguments', usage, 'Run')
  if (min === max) throw arityError(`requires ${argumentCount(min)}`, usage, 'Run')
  if (max === Number.POSITIVE_INFINITY) throw arityError(`requires at least ${argumentCount(min)}`, usage, 'See')
  if (min === 0) throw arityError(`requires at most ${argumentCount(max)}`, usage, 'Run')
  throw arityError(`requires at least ${min} and at most ${argumentCount(max)}`, usage, 'Run')
}

function isAllowed({ min, max }: AllowedCount, count: number): boolean {
  return count >= min && count <= max
}

function argumentCount(count: number): string {
  return `${count} ${count === 1 ? 'argument' : 'arguments'}`
}

/** Assigns the positionals to the names in the static `args`. A repeatable argument takes all that are left. */
export function nameArguments(args: Interfaces.ArgInput, positionals: readonly string[]): Record<string, unknown> {
  const byName: Record<string, unknown> = {}
  let at = 0
  for (const name in args) {
    byName[name] = args[name]?.multiple ? positionals.slice(at) : positionals[at]
    at++
  }
  return byName
}
