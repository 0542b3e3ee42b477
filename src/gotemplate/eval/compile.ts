/** Compiles statements to JavaScript functions. Pipelines are compiled in `pipeline.ts`. */
import { goQuote } from '../../domain/go/quote.ts'
import { printValue } from '../fmt/print.ts'
import type { BranchNode, ListNode, Statement } from '../syntax/ast.ts'
import type { ParsedTemplate } from '../syntax/parse.ts'
import {
  ANY,
  dereference,
  elementOf,
  type Functions,
  goInt,
  isTrue,
  NIL,
  sortedEntries,
  typeName,
  unwrap,
  type Value,
} from '../values/value.ts'
import { PipelineCompiler } from './pipeline.ts'
import { State } from './state.ts'

const MAX_DEPTH = 100_000
const TOO_DEEP = `exceeded maximum template depth (${MAX_DEPTH})`

/** How a loop's body can be left early. */
type Jump = 'break' | 'continue'

/** The code of a statement. It appends to the output and returns the jump that ended it, if any. */
export type StatementCode = (state: State, dot: Value) => Jump | undefined

/** The code of a loop's body for one element. `index` is an index or a key. */
type LoopBody = (state: State, index: Value, element: Value) => Jump | undefined

/**
 * Compiles all templates of a source to functions that behave as Go's text/template/exec.go does. Returns them by name.
 */
export function compile({ templates }: ParsedTemplate, functions: Functions): ReadonlyMap<string, StatementCode> {
  return new StatementCompiler(new PipelineCompiler(functions)).compile(templates)
}

class StatementCompiler {
  readonly #pipelines: PipelineCompiler
  readonly #templates = new Map<string, StatementCode>()

  constructor(pipelines: PipelineCompiler) {
    this.#pipelines = pipelines
  }

  compile(templates: ReadonlyMap<string, ListNode>): ReadonlyMap<string, StatementCode> {
    for (const [name, list] of templates) this.#templates.set(name, this.#list(list))
    return this.#templates
  }

  #list({ statements }: ListNode): StatementCode {
    const codes = statements.map((statement) => this.#statement(statement))
    return (state, dot) => {
      for (const code of codes) {
        const jump = code(state, dot)
        if (jump !== undefined) return jump
      }
      return
    }
  }

  #statement(statement: Statement): StatementCode {
    switch (statement.type) {
      case 'text':
        return (state) => {
          state.node = statement
          state.execution.output += statement.source
          return
        }
      case 'action':
        return this.#action(statement)
      case 'break':
      case 'continue':
        return () => statement.type
      case 'template':
        return this.#template(statement)
      case 'range':
        return this.#range(statement)
      default:
        return this.#ifOrWith(statement)
    }
  }

  #action(node: Extract<Statement, { type: 'action' }>): StatementCode {
    const evaluate = this.#pipelines.compile(node.pipe)
    const hasOutput = node.pipe.declares.length === 0
    return (state, dot) => {
      const value = evaluate(state, dot)
      if (!hasOutput) return
      state.node = node
      const text = printValue(value)
      if (text === undefined) return state.fail(`can't print ${node.source} of type ${typeName(value)}`)
      state.execution.output += text
      return
    }
  }

  #ifOrWith({ type, pipe, body, otherwise }: BranchNode): StatementCode {
    const evaluate = this.#pipelines.compile(pipe)
    const thenCode = this.#list(body)
    const elseCode = otherwise === undefined ? undefined : this.#list(otherwise)
    return (state, dot) => {
      const variableCount = state.variables.length
      const value = evaluate(state, dot)
      const jump = isTrue(unwrap(value)) ? thenCode(state, type === 'with' ? value : dot) : elseCode?.(state, dot)
      state.variables.length = variableCount
      return jump
    }
  }

  #range(node: BranchNode): StatementCode {
    const evaluate = this.#pipelines.compile(node.pipe)
    const body = this.#loopBody(node)
    const elseCode = node.otherwise === undefined ? undefined : this.#list(node.otherwise)
    const hasTwoVariables = node.pipe.declares.length > 1
    return (state, dot) => {
      const variableCount = state.variables.length
      const value = dereference(evaluate(state, dot))
      if (hasTwoVariables && (value.kind === 'int' || value.kind === 'uint')) {
        state.fail(`can't use ${value.value} to iterate over more than one variable`)
      }
      const hasElements = runLoop(state, value, body)
      if (hasElements === undefined) state.fail(`range can't iterate over ${printValue(value) ?? ''}`)
      const jump = hasElements ? undefined : elseCode?.(state, dot)
      state.variables.length = variableCount
      // In Go, a `break` after `else` ends this range and not the one around it.
      return jump === 'break' ? undefined : jump
    }
  }

  #loopBody({ pipe: { declares, assigns }, body }: BranchNode): LoopBody {
    const list = this.#list(body)
    const [first, second] = declares
    return (state, index, element) => {
      const variableCount = state.variables.length
      if (assigns) {
        if (first !== undefined) state.variable(first.source).value = second === undefined ? element : index
        if (second !== undefined) state.variable(second.source).value = element
      } else if (first !== undefined) {
        state.setTop(1, element)
        if (second !== undefined) state.setTop(2, index)
      }
      const jump = list(state, element)
      state.variables.length = variableCount
      return jump
    }
  }

  #template(node: Extract<Statement, { type: 'template' }>): StatementCode {
    const { name, pipe } = node
    const argument = pipe === undefined ? undefined : this.#pipelines.compile(pipe)
    return (state, dot) => {
      state.node = node
      const code = this.#templates.get(name)
      if (code === undefined) return state.fail(`template ${goQuote(name)} not defined`)
      if (state.depth === MAX_DEPTH) state.fail(TOO_DEEP)
      const data = argument === undefined ? NIL : argument(state, dot)
      try {
        code(new State(state.execution, name, data, state.depth + 1), data)
      } catch (error) {
        // JavaScript's stack overflows before Go's limit is reached.
        if (error instanceof RangeError) state.fail(TOO_DEEP)
        throw error
      }
      return
    }
  }
}

/**
 * Runs a loop's body for each element of a value, until a `break`. An integer has elements from 0, without indexes.
 * @returns whether the value has elements; undefined if Go's `range` does not accept it
 */
function runLoop(state: State, value: Value, body: LoopBody): boolean | undefined {
  switch (value.kind) {
    case 'nil':
      return false
    case 'slice': {
      let index = 0
      for (const item of value.items ?? []) {
        if (body(state, goInt(index++), elementOf(value.type, item)) === 'break') break
      }
      return index > 0
    }
    case 'map': {
      const type = value.type.key ?? ANY
      const entries = sortedEntries(value.entries)
      for (const [key, item] of entries) {
        if (body(state, { kind: 'string', type, value: key }, elementOf(value.type, item)) === 'break') break
      }
      return entries.length > 0
    }
    case 'int':
    case 'uint':
      for (let count = 0n; count < value.value; count++) {
        if (body(state, NIL, { ...value, value: count }) === 'break') break
      }
      return value.value > 0n
    default:
      return
  }
}
