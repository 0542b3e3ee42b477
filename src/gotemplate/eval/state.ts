import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'
import type { AnyNode } from '../syntax/ast.ts'
import { byteLength } from '../values/bytes.ts'
import type { Value } from '../values/value.ts'

/** One execution of a source: what its own template and those that it calls share. */
export interface Execution {
  readonly source: string
  /** The name of the source's own template, which error texts begin with. */
  readonly rootName: string
  /** Whether a key that a map does not have is an error (missingkey=error) and not `<no value>`. */
  readonly missingKeyFails: boolean
  /** What has been written. */
  written: string
}

interface Variable {
  readonly name: string
  value: Value
}

/** Where in a template execution is, and the variables there. */
export class State {
  readonly execution: Execution
  readonly variables: Variable[]
  /** What is being executed; errors name it. */
  node: AnyNode | undefined
  /** The name of the template that is executed. */
  readonly name: string
  /** How many templates have called another to come here. */
  readonly depth: number

  constructor(execution: Execution, name: string, data: Value, depth: number) {
    this.execution = execution
    this.variables = [{ name: '$', value: data }]
    this.depth = depth
    this.name = name
  }

  /** The variable of the name that was declared last. */
  variable(name: string): Variable {
    for (let index = this.variables.length - 1; index >= 0; index--) {
      const variable = this.variables[index]
      if (variable?.name === name) return variable
    }
    return this.fail(`undefined variable: ${name}`)
  }

  /** Sets one of the variables declared last: those of the range at hand. */
  setTop(fromEnd: number, value: Value): void {
    const variable = this.variables[this.variables.length - fromEnd]
    if (variable !== undefined) variable.value = value
  }

  /** @throws TemplateError with where execution is */
  fail(problem: string): never {
    const { source, position } = this.node ?? { source: '', position: 0 }
    const before = this.execution.source.slice(0, position)
    const line = before.split('\n').length
    const column = byteLength(before.slice(before.lastIndexOf('\n') + 1))
    const where = `${this.execution.rootName}:${line}:${column}: executing ${goQuote(this.name)} at <${source}>`
    throw new TemplateError(`template: ${where}: ${problem}`)
  }
}
