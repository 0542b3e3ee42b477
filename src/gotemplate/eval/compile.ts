import { goQuote } from '../../domain/go/quote.ts'
import { printed } from '../fmt/print.ts'
import type { BranchNode, ListNode, Statement } from '../syntax/ast.ts'
import type { Parsed } from '../syntax/parse.ts'
import { followed, isTrue, NIL, opened, typeName, type Value } from '../values/value.ts'
import { type Functions, PipelineCompiler } from './compile-pipeline.ts'
import { eachRound, type Jump } from './range.ts'
import { State } from './state.ts'

const MAX_DEPTH = 100_000
const TOO_DEEP = `exceeded maximum template depth (${MAX_DEPTH})`

/** Code of a statement: it writes, and says whether the loop around it goes on behind it. */
export type Code = (state: State, dot: Value) => Jump | undefined

/** Makes functions of all templates of a source, which behave as Go's text/template does. */
export function compile(parsed: Parsed, functions: Functions): ReadonlyMap<string, Code> {
  return new Compiler(functions).compiled(parsed)
}

/** Makes functions of statements. */
class Compiler extends PipelineCompiler {
  readonly #templates = new Map<string, Code>()

  compiled({ templates }: Parsed): ReadonlyMap<string, Code> {
    for (const [name, list] of templates) this.#templates.set(name, this.#list(list))
    return this.#templates
  }

  #list({ statements }: ListNode): Code {
    const codes = statements.map((statement) => this.#statement(statement))
    return (state, dot) => {
      for (const code of codes) {
        const jump = code(state, dot)
        if (jump !== undefined) return jump
      }
      return
    }
  }

  #statement(statement: Statement): Code {
    switch (statement.type) {
      case 'text':
        return (state) => {
          state.node = statement
          state.execution.written += statement.source
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

  #action(node: Extract<Statement, { type: 'action' }>): Code {
    const value = this.pipeline(node.pipe)
    const prints = node.pipe.declares.length === 0
    return (state, dot) => {
      const result = value(state, dot)
      if (!prints) return
      state.node = node
      const text = printed(result)
      if (text === undefined) return state.fail(`can't print ${node.source} of type ${typeName(result)}`)
      state.execution.written += text
      return
    }
  }

  #ifOrWith({ type, pipe, body, otherwise }: BranchNode): Code {
    const condition = this.pipeline(pipe)
    const then = this.#list(body)
    const alternative = otherwise === undefined ? undefined : this.#list(otherwise)
    return (state, dot) => {
      const known = state.variables.length
      const value = condition(state, dot)
      const jump = isTrue(opened(value)) ? then(state, type === 'with' ? value : dot) : alternative?.(state, dot)
      state.variables.length = known
      return jump
    }
  }

  #range(node: BranchNode): Code {
    const over = this.pipeline(node.pipe)
    const round = this.#round(node)
    const alternative = node.otherwise === undefined ? undefined : this.#list(node.otherwise)
    const isPaired = node.pipe.declares.length > 1
    return (state, dot) => {
      const known = state.variables.length
      const value = followed(over(state, dot))
      if (isPaired && (value.kind === 'int' || value.kind === 'uint')) {
        state.fail(`can't use ${value.value} to iterate over more than one variable`)
      }
      const isAny = eachRound(value, (index, element) => round(state, index, element))
      if (isAny === undefined) state.fail(`range can't iterate over ${printed(value) ?? ''}`)
      const jump = isAny ? undefined : alternative?.(state, dot)
      state.variables.length = known
      // Go lets a `break` behind `else` end this range, and not the one around it.
      return jump === 'break' ? undefined : jump
    }
  }

  #round({ pipe: { declares, assigns }, body }: BranchNode) {
    const list = this.#list(body)
    const [first, second] = declares
    return (state: State, index: Value, element: Value): Jump | undefined => {
      const known = state.variables.length
      if (assigns) {
        if (first !== undefined) state.variable(first.source).value = second === undefined ? element : index
        if (second !== undefined) state.variable(second.source).value = element
      } else if (first !== undefined) {
        state.setTop(1, element)
        if (second !== undefined) state.setTop(2, index)
      }
      const jump = list(state, element)
      state.variables.length = known
      return jump
    }
  }

  #template(node: Extract<Statement, { type: 'template' }>): Code {
    const { name, pipe } = node
    const argument = pipe === undefined ? undefined : this.pipeline(pipe)
    return (state, dot) => {
      state.node = node
      const code = this.#templates.get(name)
      if (code === undefined) return state.fail(`template ${goQuote(name)} not defined`)
      if (state.depth === MAX_DEPTH) state.fail(TOO_DEEP)
      const data = argument === undefined ? NIL : argument(state, dot)
      try {
        code(new State(state.execution, name, data, state.depth + 1), data)
      } catch (error) {
        // JavaScript's stack ends before Go's limit does.
        if (error instanceof RangeError) state.fail(TOO_DEEP)
        throw error
      }
      return
    }
  }
}
