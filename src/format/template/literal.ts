import type { Operand } from './ast.ts'
import type { State } from './state.ts'
import { COMPLEX, FLOAT, type GoType, goBool, goInt, goString, NIL, type Value } from './value.ts'

export type Literal = Extract<Operand, { type: 'bool' | 'number' | 'string' }>

/** The value of a constant that nothing else gives a type; a string saying what is wrong with it. */
export function literalValue(literal: Literal): Value | string {
  switch (literal.type) {
    case 'bool':
      return goBool(literal.value)
    case 'string':
      return goString(literal.value)
    case 'number':
      return numberValue(literal)
  }
}

function numberValue({ source, integer, float, imaginary }: Extract<Operand, { type: 'number' }>): Value | string {
  if (imaginary !== undefined) return { kind: 'complex', type: COMPLEX, real: float, imaginary }
  const isFloat = !/^[+-]?0[xX]/.test(source) ? /[.eEpP]/.test(source) : /[.pP]/.test(source)
  if ((isFloat && !source.startsWith("'")) || integer === undefined) return { kind: 'float', type: FLOAT, value: float }
  return BigInt.asIntN(64, integer) === integer ? goInt(integer) : `${source} overflows int`
}

/**
 * A constant as an argument, which takes the type of its parameter.
 * @param value what it is where the parameter takes any type, or what is wrong with it then
 */
export function literalArgument(
  state: State,
  literal: Literal,
  value: Value | string,
  type: GoType | undefined,
): Value {
  if (typeof value !== 'string' && value.kind !== 'nil' && value.type === type) return value
  switch (type?.kind) {
    case undefined:
    case 'interface':
    case 'value':
      return typeof value === 'string' ? state.fail(value) : value
    case 'bool':
      return literal.type === 'bool' ? goBool(literal.value) : state.fail(`expected bool; found ${literal.source}`)
    case 'string':
      return literal.type === 'string'
        ? { kind: 'string', type, value: literal.value }
        : state.fail(`expected string; found ${literal.source}`)
    case 'int':
      return literal.type === 'number' && literal.integer !== undefined
        ? { kind: 'int', type, value: literal.integer }
        : state.fail(`expected integer; found ${literal.source}`)
    default:
      return state.fail(`can't handle ${literal.source} for arg of type ${type?.name ?? NIL.kind}`)
  }
}
