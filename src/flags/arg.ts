import type { Interfaces } from '@oclif/core'

const never = async (): Promise<never> => {
  throw new Error('arguments are read by DockerCommand.read')
}

/** One argument that must be there. */
export function one(name: string): Interfaces.Arg<string> {
  return { name, required: true, input: [], parse: never }
}

/** One argument that may be left out. */
export function optional(name: string): Interfaces.Arg<string | undefined> {
  return { name, required: false, input: [], parse: never }
}

/** One argument or more. */
export function many(name: string): Interfaces.Arg<string[]> {
  return { name, required: true, multiple: true, input: [], parse: never }
}

/** Any number of arguments, none included. */
export function rest(name: string): Interfaces.Arg<string[]> {
  return { name, required: false, multiple: true, input: [], parse: never }
}
