/** The docker context that stands for the flags and the environment; it is not stored. */
export const DEFAULT_CONTEXT = 'default'

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/

/**
 * Checks the name of a stored docker context.
 * @throws Error with docker's message
 */
export function checkContextName(name: string): void {
  if (name === '') throw new Error('context name cannot be empty')
  if (name === DEFAULT_CONTEXT) throw new Error('"default" is a reserved context name')
  if (NAME.test(name)) return
  throw new Error(`context name "${name}" is invalid, names are validated against regexp "${NAME.source}"`)
}
