/** Compiles pipelines to JavaScript functions. */
import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'
import type { AnyNode, CommandNode, NamesNode, Operand, PipeNode } from '../syntax/ast.ts'
import {
  ANY,
  type Functions,
  type GoFunc,
  type GoType,
  isTrue,
  NIL,
  typeName,
  unwrap,
  unwrapResult,
  type Value,
} from '../values/value.ts'
import { acceptsAny, acceptsNil, argumentCountError, type Literal, literalValue, toArgument } from './arguments.ts'
import { findField } from './field.ts'
import type { State } from './state.ts'

/** Code that returns a value; `dot` is the template's `.`. */
type Expression = (state: State, dot: Value) => Value

/** The code of a command or of its first operand. `final` is the value from the pipeline, its last argument. */
type CommandCode = (state: State, dot: Value, final?: Value) => Value

/** Code that returns the arguments of a call. */
type ArgumentsCode = (state: State, dot: Value, final: Value | undefined) => Value[]

/** Code that returns a field of `receiver`, or the result of a method. */
type AccessCode = (state: State, dot: Value, receiver: Value, final: Value | undefined) => Value

type IdentifierNode = Extract<Operand, { type: 'identifier' }>

/**
 * Compiles pipelines. The code sets `state.node` wherever Go's text/template does, because errors name the node that was
 * set last.
 */
export class PipelineCompiler {
  readonly #functions: Functions

  constructor(functions: Functions) {
    this.#functions = functions
  }

  /** Returns code that evaluates a pipeline and declares or assigns its variables. */
  compile(pipe: PipeNode): Expression {
    const evaluate = this.#commands(pipe)
    const { declares, assigns } = pipe
    if (declares.length === 0) return evaluate
    return (state, dot) => {
      const value = evaluate(state, dot)
      for (const { source: name } of declares) {
        if (assigns) state.variable(name).value = value
        else state.variables.push({ name, value })
      }
      return value
    }
  }

  #commands(pipe: PipeNode): Expression {
    const [first = returnNil, ...others] = pipe.commands.map((command, index) =>
      this.#command(command, index === 0 ? pipe : undefined),
    )
    return others.reduce<Expression>(
      (previous, command) => (state, dot) => unwrapResult(command(state, dot, previous(state, dot))),
      (state, dot) => unwrapResult(first(state, dot)),
    )
  }

  /** @param pipe the pipeline that begins with the command; undefined for commands that get a value from it */
  #command(command: CommandNode, pipe: PipeNode | undefined): CommandCode {
    const [first, ...args] = command.operands
    const isPiped = pipe === undefined
    switch (first.type) {
      case 'field':
        return this.#field(first, args, isPiped)
      case 'variable':
        return this.#variable(first, args, isPiped)
      case 'chain':
        return this.#chain(first, args, isPiped)
      case 'identifier':
        return this.#function(first, command, args, isPiped)
    }
    if (args.length > 0 || isPiped) return failure(first.type === 'pipe' ? pipe : first, notAFunction(first))
    return first.type === 'nil' ? failure(first, 'nil is not a command') : this.#argument(first, undefined)
  }

  #field(node: NamesNode, args: readonly Operand[], isPiped: boolean): CommandCode {
    const access = this.#names(node, node.names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, dot, final)
    }
  }

  #variable(node: NamesNode, args: readonly Operand[], isPiped: boolean): CommandCode {
    const [name = '', ...names] = node.names
    if (names.length === 0) {
      const hasArguments = args.length > 0 || isPiped
      return (state) => {
        state.node = node
        const { value } = state.variable(name)
        return hasArguments ? state.fail(notAFunction(node)) : value
      }
    }
    const access = this.#names(node, names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, state.variable(name).value, final)
    }
  }

  #chain(node: Extract<Operand, { type: 'chain' }>, args: readonly Operand[], isPiped: boolean): CommandCode {
    if (node.of.type === 'nil') return failure(node, `indirection through explicit nil in ${node.source}`)
    const evaluate = this.#argument(node.of, undefined)
    const access = this.#names(node, node.names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, evaluate(state, dot), final)
    }
  }

  /** @param errorNode the node that errors of the function name: its command, or the identifier alone */
  #function(node: IdentifierNode, errorNode: AnyNode, args: readonly Operand[], isPiped: boolean): CommandCode {
    const { name } = node
    const func = this.#functions.get(name)
    if (func === undefined) return failure(node, `${goQuote(name)} is not a defined function`)
    const countError = argumentCountError(name, func, args.length, isPiped)
    if (countError !== undefined) return failure(node, countError)
    if (name === 'and' || name === 'or') return this.#andOr(node, args)
    const evaluateArguments = this.#arguments(args, func)
    const callee = func.isCall ? checkCallee(func, args[0]) : func
    return (state, dot, final) => {
      state.node = node
      return call(state, callee, evaluateArguments(state, dot, final), errorNode, name)
    }
  }

  /** `and` and `or` stop at the first argument that decides the result. */
  #andOr(node: IdentifierNode, args: readonly Operand[]): CommandCode {
    const operands = args.map((arg) => this.#argument(arg, ANY))
    const decisive = node.name === 'or'
    return (state, dot, final) => {
      state.node = node
      let value: Value = NIL
      for (const operand of operands) {
        value = operand(state, dot)
        if (isTrue(unwrap(value)) === decisive) return value
      }
      return final ?? value
    }
  }

  /** The fields `.A.B` of a value. The last one can be a method with arguments. */
  #names(node: Operand, names: readonly string[], args: readonly Operand[], isPiped: boolean): AccessCode {
    const last = this.#name(node, names.at(-1) ?? '', args, isPiped)
    return names
      .slice(0, -1)
      .map((name) => this.#name(node, name, [], false))
      .reduceRight<AccessCode>(
        (next, access) => (state, dot, receiver, final) =>
          next(state, dot, access(state, dot, receiver, undefined), final),
        last,
      )
  }

  #name(node: Operand, name: string, args: readonly Operand[], isPiped: boolean): AccessCode {
    const hasArguments = args.length > 0 || isPiped
    let compiledFor: GoFunc['parameters'] | undefined
    let evaluateArguments: ArgumentsCode
    return (state, dot, receiver, final) => {
      const found = findField(receiver, name, hasArguments, state.execution.missingKeyFails)
      if (typeof found === 'string') return state.fail(found)
      if (!('call' in found)) return found
      const countError = argumentCountError(name, found, args.length, isPiped)
      if (countError !== undefined) return state.fail(countError)
      // The method depends on the receiver's type. In most lists it is the same one for every row.
      if (found.parameters !== compiledFor) {
        compiledFor = found.parameters
        evaluateArguments = this.#arguments(args, found)
      }
      return call(state, found, evaluateArguments(state, dot, final), node, name)
    }
  }

  #arguments(args: readonly Operand[], { parameters, rest }: GoFunc): ArgumentsCode {
    const written = args.map((arg, index) => this.#argument(arg, parameters[index] ?? rest))
    const finalType = parameters[args.length] ?? rest
    return (state, dot, final) => {
      const values: Value[] = []
      for (const argument of written) values.push(argument(state, dot))
      if (final !== undefined) values.push(checkType(state, final, finalType))
      return values
    }
  }

  /** An operand as an argument of a parameter's type, or of any type if it is undefined. */
  #argument(operand: Operand, type: GoType | undefined): Expression {
    switch (operand.type) {
      case 'nil':
        return type === undefined || acceptsNil(type)
          ? constant(operand, NIL)
          : failure(operand, `cannot assign nil to ${type.name}`)
      case 'bool':
      case 'number':
      case 'string': {
        const value = literalValue(operand, type)
        return typeof value === 'string' ? failure(operand, value) : constant(operand, value)
      }
      default: {
        const evaluate = this.#operand(operand)
        return acceptsAny(type) ? evaluate : (state, dot) => checkType(state, evaluate(state, dot), type)
      }
    }
  }

  /** An operand that is not a literal, without arguments. */
  #operand(operand: Exclude<Operand, Literal | { type: 'nil' }>): Expression {
    switch (operand.type) {
      case 'dot':
        return (state, dot) => {
          state.node = operand
          return dot
        }
      case 'field':
        return this.#field(operand, [], false)
      case 'variable':
        return this.#variable(operand, [], false)
      case 'chain':
        return this.#chain(operand, [], false)
      case 'identifier':
        return this.#function(operand, operand, [], false)
      case 'pipe':
        return this.compile(operand)
    }
  }
}

const returnNil: CommandCode = () => NIL

function constant(node: Operand, value: Value): CommandCode {
  return (state) => {
    state.node = node
    return value
  }
}

/** @param node the node that the error names; undefined for the node that was executed before */
function failure(node: AnyNode | undefined, problem: string): CommandCode {
  return (state) => {
    if (node !== undefined) state.node = node
    return state.fail(problem)
  }
}

function notAFunction({ source }: Operand): string {
  return `can't give argument to non-function ${source}`
}

function checkType(state: State, value: Value, type: GoType | undefined): Value {
  if (type === undefined) return value
  const argument = toArgument(value, type)
  return typeof argument === 'string' ? state.fail(argument) : argument
}

/** Calls a function. An Error that it throws becomes a TemplateError at `errorNode`. */
function call(state: State, func: GoFunc, values: readonly Value[], errorNode: AnyNode, name: string): Value {
  try {
    return func.call(values)
  } catch (error) {
    if (error instanceof TemplateError || !(error instanceof Error)) throw error
    state.node = errorNode
    return state.fail(`error calling ${name}: ${error.message}`)
  }
}

/** Wraps Go's `call`, whose error for a value that is not a function contains the source of its first argument. */
function checkCallee(func: GoFunc, operand: Operand | undefined): GoFunc {
  return {
    ...func,
    call: (values) => {
      const callee = unwrap(values[0] ?? NIL)
      if (callee.kind !== 'nil' && callee.kind !== 'func') {
        throw new Error(`non-function ${operand?.source ?? formatReflected(callee)} of type ${callee.type.name}`)
      }
      return func.call(values)
    },
  }
}

/** Formats a value as Go's reflect.Value.String does. */
function formatReflected(value: Value): string {
  return value.kind === 'string' ? value.value : `<${typeName(value)} Value>`
}
