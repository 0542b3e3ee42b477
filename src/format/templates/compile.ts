/** Compiles the formats of all commands. This is the only file that converts TemplateErrors to FormatErrors. */
import { compileTemplate, type Functions, type Template, TemplateError, type Value } from '../../gotemplate/template.ts'
import { FormatError } from '../error.ts'
import { FUNCTIONS } from './functions.ts'

export interface FormatOptions {
  /** The template's name, with which errors begin; empty by default. */
  readonly name?: string
  readonly functions?: Functions
  /** The text before Go's message when the template cannot be parsed. */
  readonly parseErrorPrefix?: string
  /** The exit code when the template cannot be parsed; 1 by default. */
  readonly parseErrorCode?: 1 | 64
}

interface ExecuteOptions {
  /** Whether a key that a map does not have is an error; see `Template.execute`. */
  readonly missingKeyFails?: boolean
  /** The text before Go's message when execution fails; none by default. */
  readonly errorPrefix?: string
}

/** The output of a template. */
export interface Output {
  readonly output: string
  /** The error that stopped execution, after which `output` is incomplete. */
  readonly problem?: FormatError
}

/** A compiled format, whose errors are FormatErrors with docker's messages. */
export interface CompiledFormat {
  /**
   * Executes the template and returns its output.
   * @throws FormatError when the template does not fit the data
   */
  readonly execute: (data: Value, options?: ExecuteOptions) => string
  /** Executes the template and returns the output up to an error, together with the error. */
  readonly tryExecute: (data: Value) => Output
  /** Returns the same format with other functions, which must have the same names. */
  readonly withFunctions: (functions: Functions) => CompiledFormat
}

/**
 * Compiles a format with docker's template functions.
 * @throws FormatError when the template cannot be parsed
 */
export function compileFormat(format: string, options: FormatOptions = {}): CompiledFormat {
  const { name, functions = FUNCTIONS, parseErrorPrefix = 'template parsing error', parseErrorCode = 1 } = options
  try {
    const template = compileTemplate(format, { functions, ...(name === undefined ? {} : { name }) })
    return compiledFormat(template)
  } catch (error) {
    throw toFormatError(error, parseErrorPrefix, parseErrorCode)
  }
}

function compiledFormat(template: Template): CompiledFormat {
  return {
    execute: (data, options) => {
      try {
        return template.execute(data, options)
      } catch (error) {
        throw toFormatError(error, options?.errorPrefix)
      }
    },
    tryExecute: (data) => {
      try {
        return { output: template.execute(data) }
      } catch (error) {
        if (!(error instanceof TemplateError)) throw error
        return { output: error.output, problem: formatError(error) }
      }
    },
    withFunctions: (functions) => compiledFormat(template.withFunctions(functions)),
  }
}

/** Converts a TemplateError; other errors are returned unchanged. */
function toFormatError(error: unknown, prefix?: string, exitCode?: 1 | 64): unknown {
  return error instanceof TemplateError ? formatError(error, prefix, exitCode) : error
}

function formatError({ message }: TemplateError, prefix?: string, exitCode?: 1 | 64): FormatError {
  return new FormatError(prefix === undefined ? message : `${prefix}: ${message}`, exitCode)
}
