import { goQuote } from '../../domain/quote.ts'
import type { AnyNode, CommandNode, NamesNode, Operand, PipeNode } from './ast.ts'
import { asArgument, canBeNil, countProblem, parameterType } from './call.ts'
import { TemplateError } from './error.ts'
import { fieldOf } from './field.ts'
import { Scope } from './scope.ts'
import {
  ANY,
  COMPLEX,
  FLOAT,
  type GoFunc,
  type GoType,
  goBool,
  goInt,
  goString,
  isTrue,
  NIL,
  opened,
  type Value,
} from './value.ts'

/** Evaluates pipelines: commands, their arguments, fields, functions and constants. */
export class Evaluator extends Scope {
  /** The value of a pipeline; its variables are declared or assigned on the way. */
  protected pipe(dot: Value, pipe: PipeNode): Value {
    this.node = pipe
    let value: Value | undefined
    for (const command of pipe.commands) value = opened(this.#command(dot, command, value))
    const result = value ?? NIL
    for (const variable of pipe.declares) {
      if (pipe.assigns) this.assign(variable, result)
      else this.variables.push({ name: variable.names[0] ?? '', value: result })
    }
    return result
  }

  /** @param final the value piped into the command, if any: its last argument */
  #command(dot: Value, command: CommandNode, final: Value | undefined): Value {
    const [first, ...args] = command.operands
    switch (first.type) {
      case 'field':
      case 'variable':
      case 'chain':
        return this.#callable(dot, first, args, final)
      case 'identifier':
        return this.#function(dot, first, command, args, final)
      case 'pipe':
        this.#notAFunction(first, args, final)
        return this.pipe(dot, first)
      case 'nil':
        this.node = first
        this.#notAFunction(first, args, final)
        return this.fail('nil is not a command')
      default:
        this.node = first
        this.#notAFunction(first, args, final)
        return this.#constant(dot, first)
    }
  }

  #notAFunction(operand: Operand, args: readonly Operand[], final: Value | undefined): void {
    if (args.length > 0 || final !== undefined) this.fail(`can't give argument to non-function ${operand.source}`)
  }

  #constant(dot: Value, operand: Operand): Value {
    switch (operand.type) {
      case 'bool':
        return goBool(operand.value)
      case 'string':
        return goString(operand.value)
      case 'number':
        return this.#number(operand)
      default:
        return dot
    }
  }

  #number({ source, integer, float, imaginary }: Extract<Operand, { type: 'number' }>): Value {
    if (imaginary !== undefined) return { kind: 'complex', type: COMPLEX, real: float, imaginary }
    const isFloat = !/^[+-]?0[xX]/.test(source) ? /[.eEpP]/.test(source) : /[.pP]/.test(source)
    if ((isFloat && !source.startsWith("'")) || integer === undefined)
      return { kind: 'float', type: FLOAT, value: float }
    if (BigInt.asIntN(64, integer) !== integer) this.fail(`${source} overflows int`)
    return goInt(integer)
  }

  /** A field, method, variable, chain or function, with its arguments. */
  #callable(dot: Value, operand: Operand, args: readonly Operand[], final: Value | undefined): Value {
    this.node = operand
    switch (operand.type) {
      case 'field':
        return this.#fields(dot, dot, operand, operand.names, args, final)
      case 'variable':
        return this.#variable(dot, operand, args, final)
      case 'chain': {
        if (operand.of.type === 'nil') this.fail(`indirection through explicit nil in ${operand.source}`)
        const value = this.#argument(dot, undefined, operand.of)
        return this.#fields(dot, value, operand, operand.names, args, final)
      }
      case 'identifier':
        return this.#function(dot, operand, operand, args, final)
      default:
        return this.fail(`can't evaluate command ${goQuote(operand.source)}`)
    }
  }

  /** @param node what errors of the function are said to be in: its command, or its name alone */
  #function(
    dot: Value,
    identifier: Extract<Operand, { type: 'identifier' }>,
    node: AnyNode,
    args: readonly Operand[],
    final: Value | undefined,
  ): Value {
    this.node = identifier
    const { name } = identifier
    const func = this.execution.options.functions.get(name)
    if (func === undefined) return this.fail(`${goQuote(name)} is not a defined function`)
    if (name === 'and' || name === 'or') return this.#andOr(dot, name, func, args, final)
    return this.#call(dot, func, node, name, args, final)
  }

  #variable(dot: Value, node: NamesNode, args: readonly Operand[], final: Value | undefined): Value {
    const [name = '', ...names] = node.names
    const value = this.lookUp(name).value
    if (names.length > 0) return this.#fields(dot, value, node, names, args, final)
    this.#notAFunction(node, args, final)
    return value
  }

  #fields(
    dot: Value,
    receiver: Value,
    node: Operand,
    names: readonly string[],
    args: readonly Operand[],
    final: Value | undefined,
  ): Value {
    let value = receiver
    const last = names.length - 1
    for (let index = 0; index <= last; index++) {
      const isLast = index === last
      value = this.#field(dot, value, names[index] ?? '', node, isLast ? args : NOTHING, isLast ? final : undefined)
    }
    return value
  }

  #field(
    dot: Value,
    receiver: Value,
    name: string,
    node: Operand,
    args: readonly Operand[],
    final: Value | undefined,
  ): Value {
    const hasArgs = args.length > 0 || final !== undefined
    const found = fieldOf(receiver, name, hasArgs, this.execution.options.missingKeyFails)
    if (typeof found === 'string') return this.fail(found)
    return 'call' in found ? this.#call(dot, found, node, name, args, final) : found
  }

  #call(
    dot: Value,
    func: GoFunc,
    node: AnyNode,
    name: string,
    args: readonly Operand[],
    final: Value | undefined,
  ): Value {
    const problem = countProblem(name, func, args.length, final !== undefined)
    if (problem !== undefined) this.fail(problem)
    const values = args.map((arg, index) => this.#argument(dot, parameterType(func, index), arg))
    if (final !== undefined) values.push(this.#checked(final, parameterType(func, values.length)))
    const callee = opened(values[0] ?? NIL)
    try {
      if (func.isCall && callee.kind !== 'nil' && callee.kind !== 'func') {
        throw new Error(`non-function ${args[0]?.source ?? reflected(callee)} of type ${callee.type.name}`)
      }
      return func.call(...values)
    } catch (error) {
      if (error instanceof TemplateError || !(error instanceof Error)) throw error
      this.node = node
      return this.fail(`error calling ${name}: ${error.message}`)
    }
  }

  /** `and` and `or` evaluate no more arguments than they need. */
  #andOr(dot: Value, name: 'and' | 'or', func: GoFunc, args: readonly Operand[], final: Value | undefined): Value {
    const problem = countProblem(name, func, args.length, final !== undefined)
    if (problem !== undefined) this.fail(problem)
    let value: Value = NIL
    for (const arg of args) {
      value = this.#argument(dot, ANY, arg)
      if (isTrue(opened(value)) === (name === 'or')) return value
    }
    return final ?? value
  }

  /** An operand as an argument of the type; any type will do where it is undefined. */
  #argument(dot: Value, type: GoType | undefined, operand: Operand): Value {
    this.node = operand
    switch (operand.type) {
      case 'dot':
        return this.#checked(dot, type)
      case 'nil':
        if (type === undefined || canBeNil(type)) return NIL
        return this.fail(`cannot assign nil to ${type.name}`)
      case 'pipe':
        return this.#checked(this.pipe(dot, operand), type)
      case 'field':
      case 'variable':
      case 'chain':
      case 'identifier':
        return this.#checked(this.#callable(dot, operand, [], undefined), type)
      default:
        return this.#literal(dot, type, operand)
    }
  }

  /** A constant as an argument: it takes the type of its parameter. */
  #literal(dot: Value, type: GoType | undefined, operand: Operand): Value {
    switch (type?.kind) {
      case 'bool':
        return operand.type === 'bool' ? goBool(operand.value) : this.fail(`expected bool; found ${operand.source}`)
      case 'string':
        return operand.type === 'string'
          ? { kind: 'string', type, value: operand.value }
          : this.fail(`expected string; found ${operand.source}`)
      case 'int':
        return operand.type === 'number' && operand.integer !== undefined
          ? { kind: 'int', type, value: operand.integer }
          : this.fail(`expected integer; found ${operand.source}`)
      case undefined:
      case 'interface':
      case 'value':
        return this.#constant(dot, operand)
      default:
        return this.fail(`can't handle ${operand.source} for arg of type ${type?.name}`)
    }
  }

  #checked(value: Value, type: GoType | undefined): Value {
    if (type === undefined) return value
    const argument = asArgument(value, type)
    return typeof argument === 'string' ? this.fail(argument) : argument
  }
}

const NOTHING: readonly Operand[] = []

/** The name of a value's type, for error texts. */
export function typeName(value: Value): string {
  return value.kind === 'nil' ? 'nil' : value.type.name
}

/** A value as Go's reflect.Value prints it. */
function reflected(value: Value): string {
  return value.kind === 'string' ? value.value : `<${typeName(value)} Value>`
}
