/**
 * Go's text/template as a library that knows nothing of docker. Other directories import this file only.
 *
 * - `syntax/` turns the source into tokens (`lex.ts`) and the tokens into nodes (`parse.ts`, `pipeline.ts`).
 * - `eval/` compiles the nodes to JavaScript functions and contains Go's builtin functions.
 * - `fmt/` prints values as Go's fmt package does.
 * - `values/` models Go's values and types, and converts them from and to JSON.
 *
 * A template is compiled once and executed for every row of a list, so that work which does not depend on the data
 * belongs in compilation.
 */
import { TemplateError } from './error.ts'
import { compile } from './eval/compile.ts'
import { BUILTINS } from './eval/functions.ts'
import { type Execution, State } from './eval/state.ts'
import { type ParsedTemplate, parse } from './syntax/parse.ts'
import type { Functions, Value } from './values/value.ts'

export { TemplateError } from './error.ts'
export { BUILTINS } from './eval/functions.ts'
export { decode } from './values/decode.ts'
export { encodeJson, parseJson } from './values/json.ts'
export { parseTypes, type TypeBehavior } from './values/schema.ts'
export {
  ANY,
  ANY_MAP,
  compareText,
  type Fields,
  type Functions,
  type GoFunc,
  type GoType,
  goBool,
  goInt,
  goString,
  goStrings,
  INT,
  type Method,
  mapOf,
  NIL,
  pointerTo,
  STRING,
  STRINGS,
  type StructValue,
  sliceOf,
  textOf,
  unwrap,
  type Value,
} from './values/value.ts'

/** A compiled template, which can be executed any number of times. */
export interface Template {
  /**
   * Executes the template and returns its output.
   * @param options.missingKeyFails Go's `missingkey=error`: a key that a map does not have is an error instead of
   * `<no value>`
   * @throws TemplateError with Go's message and the output so far
   */
  readonly execute: (data: Value, options?: { readonly missingKeyFails?: boolean }) => string
  /** Returns the same template with other functions, which must have the names that it was parsed with. */
  readonly withFunctions: (functions: Functions) => Template
}

/**
 * Compiles a template.
 * @param options.name the template's name, with which errors begin; empty by default
 * @param options.functions all functions that the template can call; Go's builtin ones by default
 * @throws TemplateError with Go's message
 */
export function compileTemplate(
  source: string,
  { name = '', functions = BUILTINS }: { readonly name?: string; readonly functions?: Functions } = {},
): Template {
  return compiledTemplate(
    parse(source, name, (word) => functions.has(word)),
    name,
    functions,
  )
}

function compiledTemplate(parsed: ParsedTemplate, name: string, functions: Functions): Template {
  const code = compile(parsed, functions).get(name)
  return {
    execute: (data, options) => {
      const missingKeyFails = options?.missingKeyFails ?? false
      const execution: Execution = { source: parsed.source, rootName: name, missingKeyFails, output: '' }
      try {
        code?.(new State(execution, name, data, 0), data)
      } catch (error) {
        if (error instanceof TemplateError) error.output = execution.output
        throw error
      }
      return execution.output
    },
    withFunctions: (others) => compiledTemplate(parsed, name, others),
  }
}
