import { TemplateError } from './error.ts'
import { compile } from './eval/compile.ts'
import type { Functions } from './eval/compile-pipeline.ts'
import { FUNCTIONS } from './eval/functions.ts'
import { type Execution, State } from './eval/state.ts'
import { type Parsed, parse } from './syntax/parse.ts'
import type { Value } from './values/value.ts'

/** A compiled template, ready to be executed any number of times. */
export interface Template {
  /**
   * What the template writes.
   * @param run.missingKeyFails Go's `missingkey=error`: a key that a map does not have is an error and not `<no value>`
   * @throws TemplateError in Go's words, with what was written before it
   */
  readonly execute: (data: Value, run?: { readonly missingKeyFails: boolean }) => string
  /** The same template with other functions under the names it was parsed with. */
  readonly withFunctions: (functions: Functions) => Template
}

/**
 * Compiles a format.
 * @param name what error texts call the template; empty for most
 * @param extra functions beside Go's and docker's
 * @throws TemplateError in Go's words
 */
export function template(format: string, name = '', extra?: Functions): Template {
  const functions = extra === undefined ? FUNCTIONS : new Map([...FUNCTIONS, ...extra])
  return compiled(
    parse(format, name, (word) => functions.has(word)),
    name,
    functions,
  )
}

function compiled(parsed: Parsed, name: string, functions: Functions): Template {
  const code = compile(parsed, functions).get(name)
  return {
    execute: (data, run) => {
      const missingKeyFails = run?.missingKeyFails ?? false
      const execution: Execution = { source: parsed.source, rootName: name, missingKeyFails, written: '' }
      try {
        code?.(new State(execution, name, data, 0), data)
      } catch (error) {
        if (error instanceof TemplateError) error.written = execution.written
        throw error
      }
      return execution.written
    },
    withFunctions: (others) => compiled(parsed, name, others),
  }
}
