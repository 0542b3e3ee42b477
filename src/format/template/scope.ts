import { goQuote } from '../../domain/quote.ts'
import type { AnyNode, NamesNode } from './ast.ts'
import { byteLength } from './bytes.ts'
import { TemplateError } from './error.ts'
import type { Parsed } from './parse.ts'
import type { GoFunc, Value } from './value.ts'

export type Functions = ReadonlyMap<string, GoFunc>

export interface ExecuteOptions {
  readonly functions: Functions
  /** Whether a key that a map does not have is an error (missingkey=error) and not `<no value>`. */
  readonly missingKeyFails: boolean
}

/** What is executed: one of the templates of a source, on some data. */
export interface Execution {
  readonly parsed: Parsed
  /** The name of the source's own template, which error texts begin with. */
  readonly rootName: string
  /** The name of the template executed. */
  readonly name: string
  readonly options: ExecuteOptions
  readonly data: Value
  /** How many templates have called another to come here. */
  readonly depth: number
}

interface Variable {
  readonly name: string
  value: Value
}

/** The variables of a template that is being executed, and where in it execution is. */
export class Scope {
  protected readonly execution: Execution
  protected readonly variables: Variable[]
  /** What is being evaluated; errors name it. */
  protected node: AnyNode | undefined

  constructor(execution: Execution) {
    this.execution = execution
    this.variables = [{ name: '$', value: execution.data }]
  }

  protected assign(variable: NamesNode, value: Value): void {
    this.lookUp(variable.names[0] ?? '').value = value
  }

  /** Sets one of the variables declared last: those of the range at hand. */
  protected setTop(fromEnd: number, value: Value): void {
    const index = this.variables.length - fromEnd
    const variable = this.variables[index]
    if (variable !== undefined) this.variables[index] = { name: variable.name, value }
  }

  protected lookUp(name: string): Variable {
    return this.variables.findLast((variable) => variable.name === name) ?? this.fail(`undefined variable: ${name}`)
  }

  protected fail(problem: string): never {
    const { source, position } = this.node ?? { source: '', position: 0 }
    const before = this.execution.parsed.source.slice(0, position)
    const line = before.split('\n').length
    const column = byteLength(before.slice(before.lastIndexOf('\n') + 1))
    const where = `${this.execution.rootName}:${line}:${column}: executing ${goQuote(this.execution.name)} at <${source}>`
    throw new TemplateError(`template: ${where}: ${problem}`)
  }
}
