import { execute } from './execute.ts'
import { FUNCTIONS } from './functions.ts'
import { parse } from './parse.ts'
import type { Functions } from './scope.ts'
import type { Value } from './value.ts'

/** How one execution differs from the usual. */
interface Run {
  readonly functions?: Functions
  /** Go's `missingkey=error`: a key that a map does not have is an error and not `<no value>`. */
  readonly missingKeyFails?: boolean
}

/** A parsed template, ready to be executed any number of times. */
export interface Template {
  /** @throws TemplateError in Go's words */
  readonly execute: (data: Value, run?: Run) => string
}

/**
 * Parses a format.
 * @param name what error texts call the template; empty for most
 * @param extra functions beside Go's and docker's
 * @throws TemplateError in Go's words
 */
export function template(format: string, name = '', extra?: Functions): Template {
  const functions = extra === undefined ? FUNCTIONS : new Map([...FUNCTIONS, ...extra])
  const parsed = parse(format, name, (word) => functions.has(word))
  return {
    execute: (data, run = {}) =>
      execute(parsed, name, data, {
        functions: run.functions ?? functions,
        missingKeyFails: run.missingKeyFails ?? false,
      }),
  }
}
