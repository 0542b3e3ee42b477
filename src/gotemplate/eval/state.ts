import { byteLength } from '../../domain/go/bytes.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'
import type { AnyNode } from '../syntax/ast.ts'
import type { Value } from '../values/value.ts'

/** One execution of a source. Its own template and all that it calls share this object. */
export interface Execution {
  readonly source: string
  /** The name of the source's own template, with which errors begin. */
  readonly rootName: string
  /** Whether a key that a map does not have is an error (missingkey=error) instead of `<no value>`. */
  readonly missingKeyFails: boolean
  /** The output so far. */
  output: string
}

interface Variable {
  readonly name: string
  value: Value
}

/** The current position in the execution of one template, and its variables. */
export class State {
  readonly execution: Execution
  readonly variables: Variable[]
  /** The node that is being executed. Errors name it. */
  node: AnyNode | undefined
  /** The name of the template that is being executed. */
  readonly name: string
  /** The number of `{{template}}` actions that led to this template. */
  readonly depth: number

  constructor(execution: Execution, name: string, data: Value, depth: number) {
    this.execution = execution
    this.variables = [{ name: '$', value: data }]
    this.depth = depth
    this.name = name
  }

  /** Returns the innermost variable of a name. */
  variable(name: string): Variable {
    for (let index = this.variables.length - 1; index >= 0; index--) {
      const variable = this.variables[index]
      if (variable?.name === name) return variable
    }
    return this.fail(`undefined variable: ${name}`)
  }

  /**
   * Sets a variable of the current range, which were declared last.
   * @param fromEnd 1 for the last variable, 2 for the one before it
   */
  setTop(fromEnd: number, value: Value): void {
    const variable = this.variables[this.variables.length - fromEnd]
    if (variable !== undefined) variable.value = value
  }

  /** @throws TemplateError that names the current node and its position */
  fail(problem: string): never {
    const { source, position } = this.node ?? { source: '', position: 0 }
    const before = this.execution.source.slice(0, position)
    const line = before.split('\n').length
    const column = byteLength(before.slice(before.lastIndexOf('\n') + 1))
    const place = `${this.execution.rootName}:${line}:${column}: executing ${goQuote(this.name)} at <${source}>`
    throw new TemplateError(`template: ${place}: ${problem}`)
  }
}
