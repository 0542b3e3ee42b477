// The operands of commands, for oclif's static `args`.
import type { Interfaces } from '@oclif/core'

const refuseOclifParser = async (): Promise<never> => {
  throw new Error('arguments are read by DockerCommand.read')
}

/** One required operand. */
export function one(name: string): Interfaces.Arg<string> {
  return { name, required: true, input: [], parse: refuseOclifParser }
}

/** One optional operand. */
export function optional(name: string): Interfaces.Arg<string | undefined> {
  return { name, required: false, input: [], parse: refuseOclifParser }
}

/** One or more operands. */
export function many(name: string): Interfaces.Arg<string[]> {
  return { name, required: true, multiple: true, input: [], parse: refuseOclifParser }
}

/** Any number of operands, including none. */
export function rest(name: string): Interfaces.Arg<string[]> {
  return { name, required: false, multiple: true, input: [], parse: refuseOclifParser }
}

/**
 * Any number of operands beyond those that docker takes. They are hidden, because docker's message about a wrong number does
 * not count them.
 */
export function more(name: string): Interfaces.Arg<string[]> {
  return { ...rest(name), hidden: true }
}
