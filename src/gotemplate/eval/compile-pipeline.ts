import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'
import type { AnyNode, CommandNode, NamesNode, Operand, PipeNode } from '../syntax/ast.ts'
import { ANY, type GoFunc, type GoType, isTrue, NIL, opened, typeName, type Value } from '../values/value.ts'
import { asArgument, canBeNil, countProblem } from './call.ts'
import { fieldOf } from './field.ts'
import { type Literal, literalValue } from './literal.ts'
import type { State } from './state.ts'

export type Functions = ReadonlyMap<string, GoFunc>

/** Code that gives a value; `dot` is the template's `.`. */
type Expression = (state: State, dot: Value) => Value

/** Code of a command or of what it begins with; `final` is the value piped into it, its last argument. */
type Stage = (state: State, dot: Value, final?: Value) => Value

/** Code that gives the arguments of a function. */
type Arguments = (state: State, dot: Value, final: Value | undefined) => Value[]

/** Code of what follows a value: a field of it, or a method. */
type Access = (state: State, dot: Value, from: Value, final: Value | undefined) => Value

/**
 * Makes functions of pipelines. They set `state.node` wherever Go's text/template notes the node it is at, since the
 * node noted last is what an error is said to be in.
 */
export class PipelineCompiler {
  readonly #functions: Functions

  constructor(functions: Functions) {
    this.#functions = functions
  }

  /** The value of a pipeline; its variables are declared or assigned on the way. */
  protected pipeline(pipe: PipeNode): Expression {
    const value = this.#stages(pipe)
    const { declares, assigns } = pipe
    if (declares.length === 0) return value
    return (state, dot) => {
      const result = value(state, dot)
      for (const { source: name } of declares) {
        if (assigns) state.variable(name).value = result
        else state.variables.push({ name, value: result })
      }
      return result
    }
  }

  #stages(pipe: PipeNode): Expression {
    const [first = NOTHING, ...others] = pipe.commands.map((command, index) =>
      this.#command(command, index === 0 ? pipe : undefined),
    )
    return others.reduce<Expression>(
      (before, stage) => (state, dot) => opened(stage(state, dot, before(state, dot))),
      (state, dot) => opened(first(state, dot)),
    )
  }

  /** @param start the pipeline that the command is the first of; a value is piped into others */
  #command(command: CommandNode, start: PipeNode | undefined): Stage {
    const [first, ...args] = command.operands
    const isPiped = start === undefined
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
    if (args.length > 0 || isPiped) return failing(first.type === 'pipe' ? start : first, notAFunction(first))
    return first.type === 'nil' ? failing(first, 'nil is not a command') : this.#argument(first, undefined)
  }

  #field(node: NamesNode, args: readonly Operand[], isPiped: boolean): Stage {
    const access = this.#names(node, node.names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, dot, final)
    }
  }

  #variable(node: NamesNode, args: readonly Operand[], isPiped: boolean): Stage {
    const [name = '', ...names] = node.names
    if (names.length === 0) {
      const hasArgs = args.length > 0 || isPiped
      return (state) => {
        state.node = node
        const { value } = state.variable(name)
        return hasArgs ? state.fail(notAFunction(node)) : value
      }
    }
    const access = this.#names(node, names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, state.variable(name).value, final)
    }
  }

  #chain(node: Extract<Operand, { type: 'chain' }>, args: readonly Operand[], isPiped: boolean): Stage {
    if (node.of.type === 'nil') return failing(node, `indirection through explicit nil in ${node.source}`)
    const value = this.#argument(node.of, undefined)
    const access = this.#names(node, node.names, args, isPiped)
    return (state, dot, final) => {
      state.node = node
      return access(state, dot, value(state, dot), final)
    }
  }

  /** @param node what errors of the function are said to be in: its command, or its name alone */
  #function(
    identifier: Extract<Operand, { type: 'identifier' }>,
    node: AnyNode,
    args: readonly Operand[],
    isPiped: boolean,
  ): Stage {
    const { name } = identifier
    const func = this.#functions.get(name)
    if (func === undefined) return failing(identifier, `${goQuote(name)} is not a defined function`)
    const problem = countProblem(name, func, args.length, isPiped)
    if (problem !== undefined) return failing(identifier, problem)
    if (name === 'and' || name === 'or') return this.#andOr(identifier, args)
    const values = this.#arguments(args, func)
    const callee = func.isCall ? refusingNonFunctions(func, args[0]) : func
    return (state, dot, final) => {
      state.node = identifier
      return called(state, callee, values(state, dot, final), node, name)
    }
  }

  /** `and` and `or` evaluate no more arguments than they need. */
  #andOr(identifier: Extract<Operand, { type: 'identifier' }>, args: readonly Operand[]): Stage {
    const values = args.map((arg) => this.#argument(arg, ANY))
    const decisive = identifier.name === 'or'
    return (state, dot, final) => {
      state.node = identifier
      let value: Value = NIL
      for (const argument of values) {
        value = argument(state, dot)
        if (isTrue(opened(value)) === decisive) return value
      }
      return final ?? value
    }
  }

  /** The fields `.A.B` of a value, of which the last may be a method that takes arguments. */
  #names(node: Operand, names: readonly string[], args: readonly Operand[], isPiped: boolean): Access {
    const last = this.#name(node, names.at(-1) ?? '', args, isPiped)
    return names
      .slice(0, -1)
      .map((name) => this.#name(node, name, [], false))
      .reduceRight<Access>(
        (then, access) => (state, dot, from, final) => then(state, dot, access(state, dot, from, undefined), final),
        last,
      )
  }

  #name(node: Operand, name: string, args: readonly Operand[], isPiped: boolean): Access {
    const hasArgs = args.length > 0 || isPiped
    let types: GoFunc['parameters'] | undefined
    let values: Arguments
    return (state, dot, receiver, final) => {
      const found = fieldOf(receiver, name, hasArgs, state.execution.missingKeyFails)
      if (typeof found === 'string') return state.fail(found)
      if (!('call' in found)) return found
      const problem = countProblem(name, found, args.length, isPiped)
      if (problem !== undefined) return state.fail(problem)
      // It is the method of the row before, as a rule.
      if (found.parameters !== types) {
        types = found.parameters
        values = this.#arguments(args, found)
      }
      return called(state, found, values(state, dot, final), node, name)
    }
  }

  /** The arguments of a function that takes so many. */
  #arguments(args: readonly Operand[], { parameters, rest }: GoFunc): Arguments {
    const written = args.map((arg, index) => this.#argument(arg, parameters[index] ?? rest))
    const finalType = parameters[args.length] ?? rest
    return (state, dot, final) => {
      const values: Value[] = []
      for (const argument of written) values.push(argument(state, dot))
      if (final !== undefined) values.push(checked(state, final, finalType))
      return values
    }
  }

  /** An operand as an argument of a type; any type will do where it is undefined. */
  #argument(operand: Operand, type: GoType | undefined): Expression {
    switch (operand.type) {
      case 'nil':
        return type === undefined || canBeNil(type)
          ? constant(operand, NIL)
          : failing(operand, `cannot assign nil to ${type.name}`)
      case 'bool':
      case 'number':
      case 'string': {
        const value = literalValue(operand, type)
        return typeof value === 'string' ? failing(operand, value) : constant(operand, value)
      }
      default: {
        const value = this.#operand(operand)
        return takesAny(type) ? value : (state, dot) => checked(state, value(state, dot), type)
      }
    }
  }

  /** What has a value of its own where no arguments follow. */
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
        return this.pipeline(operand)
    }
  }
}

const NOTHING: Stage = () => NIL

function constant(node: Operand, value: Value): Stage {
  return (state) => {
    state.node = node
    return value
  }
}

/** @param node what the error is said to be in; where execution was before, if undefined */
function failing(node: AnyNode | undefined, problem: string): Stage {
  return (state) => {
    if (node !== undefined) state.node = node
    return state.fail(problem)
  }
}

function notAFunction({ source }: Operand): string {
  return `can't give argument to non-function ${source}`
}

/** Whether values of all types are arguments of the type. */
function takesAny(type: GoType | undefined): boolean {
  return type === undefined || type.kind === 'value' || type.kind === 'interface'
}

function checked(state: State, value: Value, type: GoType | undefined): Value {
  if (type === undefined) return value
  const argument = asArgument(value, type)
  return typeof argument === 'string' ? state.fail(argument) : argument
}

/** Calls a function; what it throws is an error at the node. */
function called(state: State, func: GoFunc, values: readonly Value[], node: AnyNode, name: string): Value {
  try {
    return func.call(values)
  } catch (error) {
    if (error instanceof TemplateError || !(error instanceof Error)) throw error
    state.node = node
    return state.fail(`error calling ${name}: ${error.message}`)
  }
}

/** Go's `call`, which names its first argument as written, or the value piped into it. */
function refusingNonFunctions(func: GoFunc, operand: Operand | undefined): GoFunc {
  return {
    ...func,
    call: (values) => {
      const callee = opened(values[0] ?? NIL)
      if (callee.kind !== 'nil' && callee.kind !== 'func') {
        throw new Error(`non-function ${operand?.source ?? reflected(callee)} of type ${callee.type.name}`)
      }
      return func.call(values)
    },
  }
}

/** A value as Go's reflect.Value prints it. */
function reflected(value: Value): string {
  return value.kind === 'string' ? value.value : `<${typeName(value)} Value>`
}
