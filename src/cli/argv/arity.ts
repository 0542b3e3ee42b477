import type { Interfaces } from '@oclif/core'
import { arityError, type Usage } from './usage.ts'

/** How many arguments a command takes, read off its static `args`. */
function arityOf(args: Interfaces.ArgInput): { min: number; max: number } {
  const all = Object.values(args)
  const min = all.filter((arg) => arg.required).length
  return { min, max: all.some((arg) => arg.multiple) ? Number.POSITIVE_INFINITY : all.length }
}

/** Refuses a wrong number of arguments as docker does. @throws UsageError */
export function checkArity(args: Interfaces.ArgInput, count: number, usage: Usage): void {
  const { min, max } = arityOf(args)
  if (count >= min && count <= max) return
  if (max === 0) throw arityError('accepts no arguments', usage, 'Run')
  if (min === max) throw arityError(`requires ${counted(min)}`, usage, 'Run')
  if (max === Number.POSITIVE_INFINITY) throw arityError(`requires at least ${counted(min)}`, usage, 'See')
  if (min === 0) throw arityError(`requires at most ${counted(max)}`, usage, 'Run')
  throw arityError(`requires at least ${min} and at most ${counted(max)}`, usage, 'Run')
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'argument' : 'arguments'}`
}

/** Gives the positionals the names of the static `args`; the one that repeats takes all that is left. */
export function nameArguments(args: Interfaces.ArgInput, positionals: readonly string[]): Record<string, unknown> {
  const named: Record<string, unknown> = {}
  let at = 0
  for (const name in args) {
    named[name] = args[name]?.multiple ? positionals.slice(at) : positionals[at]
    at++
  }
  return named
}
