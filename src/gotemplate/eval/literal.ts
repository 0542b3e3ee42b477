import type { Operand } from '../syntax/ast.ts'
import { COMPLEX, FLOAT, type GoType, goBool, goInt, goString, type Value } from '../values/value.ts'

export type Literal = Extract<Operand, { type: 'bool' | 'number' | 'string' }>

/**
 * The value of a constant: of the type that its parameter has, or of its own where that takes any.
 * @returns a string where the constant does not fit, saying why
 */
export function literalValue(literal: Literal, type?: GoType): Value | string {
  switch (type?.kind) {
    case undefined:
    case 'interface':
    case 'value':
      return ownValue(literal)
    case 'bool':
      return literal.type === 'bool' ? goBool(literal.value) : `expected bool; found ${literal.source}`
    case 'string':
      return literal.type === 'string'
        ? { kind: 'string', type, value: literal.value }
        : `expected string; found ${literal.source}`
    case 'int':
      return literal.type === 'number' && literal.integer !== undefined
        ? { kind: 'int', type, value: literal.integer }
        : `expected integer; found ${literal.source}`
    default:
      return `can't handle ${literal.source} for arg of type ${type?.name}`
  }
}

function ownValue(literal: Literal): Value | string {
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
