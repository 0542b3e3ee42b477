/** The context that flags and environment make up. */
export const DEFAULT_CONTEXT = 'default'

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.+-]+$/

/** Checks the name of a context that is kept. @throws Error in docker's words */
export function checkContextName(name: string): void {
  if (name === '') throw new Error('context name cannot be empty')
  if (name === DEFAULT_CONTEXT) throw new Error('"default" is a reserved context name')
  if (NAME.test(name)) return
  throw new Error(`context name "${name}" is invalid, names are validated against regexp "${NAME.source}"`)
}
