/** Checks and converts the arguments of functions and methods as Go's text/template/exec.go does. */
import type { Operand } from '../syntax/ast.ts'
import { COMPLEX, FLOAT, type GoFunc, type GoType, goBool, goInt, goString, type Value } from '../values/value.ts'

export type Literal = Extract<Operand, { type: 'bool' | 'number' | 'string' }>

/** Whether Go can assign a value of one type to the other without conversion, as far as docker's types need it. */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (to.kind === 'interface' || from.name === to.name) return true
  const isUnnamed = ({ kind, name }: GoType) =>
    kind === 'slice' ? name.startsWith('[]') : kind === 'map' && name.startsWith('map[')
  if (from.kind !== to.kind || !(isUnnamed(from) || isUnnamed(to))) return false
  return from.elem?.name === to.elem?.name && from.key?.name === to.key?.name
}

/** Whether a parameter of the type accepts values of all types. */
export function acceptsAny(type: GoType | undefined): boolean {
  return type === undefined || type.kind === 'value' || type.kind === 'interface'
}

/** Whether a parameter of the type accepts nil. */
export function acceptsNil({ kind }: GoType): boolean {
  return ['func', 'interface', 'map', 'pointer', 'slice', 'value'].includes(kind)
}

/** Converts a value to an argument of a parameter's type. Returns Go's error message as a string if it does not fit. */
export function toArgument(value: Value, type: GoType): Value | string {
  if (value.kind === 'nil') {
    return acceptsNil(type) ? value : `invalid value; expected ${type.name}`
  }
  if (value.type === type || type.kind === 'value' || isAssignable(value.type, type)) return value
  const inner = value.kind === 'interface' ? value.inner : value
  if (inner === undefined || inner.kind === 'nil') {
    return wrongType(type, value.kind === 'interface' ? value.type : type)
  }
  if (isAssignable(inner.type, type)) return inner
  if (inner.kind === 'pointer' && inner.type.elem !== undefined && isAssignable(inner.type.elem, type)) {
    return inner.target ?? `dereference of nil pointer of type ${type.name}`
  }
  return wrongType(type, inner.type)
}

function wrongType(expected: GoType, actual: GoType): string {
  return `wrong type for value; expected ${expected.name}; got ${actual.name}`
}

/**
 * Returns Go's error message for a wrong number of arguments; undefined if the number is right.
 * @param written the number of arguments in the template
 * @param isPiped whether another argument comes from the pipeline
 */
export function argumentCountError(
  name: string,
  func: Pick<GoFunc, 'parameters' | 'rest'>,
  written: number,
  isPiped: boolean,
): string | undefined {
  const count = written + (isPiped ? 1 : 0)
  const expected = func.parameters.length
  if (func.rest !== undefined) {
    return count < expected ? `wrong number of args for ${name}: want at least ${expected} got ${written}` : undefined
  }
  return count === expected ? undefined : `wrong number of args for ${name}: want ${expected} got ${count}`
}

/**
 * Returns the value of a literal: of the parameter's type, or of its own type where the parameter accepts any. Returns
 * Go's error message as a string if the literal does not fit.
 */
export function literalValue(literal: Literal, type?: GoType): Value | string {
  switch (type?.kind) {
    case undefined:
    case 'interface':
    case 'value':
      return untypedValue(literal)
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

function untypedValue(literal: Literal): Value | string {
  switch (literal.type) {
    case 'bool':
      return goBool(literal.value)
    case 'string':
      return goString(literal.value)
    case 'number':
      return numberValue(literal)
  }
}

function numberValue({ source, integer, float, imaginary }: Extract<Literal, { type: 'number' }>): Value | string {
  if (imaginary !== undefined) return { kind: 'complex', type: COMPLEX, real: float, imaginary }
  const isFloat = !/^[+-]?0[xX]/.test(source) ? /[.eEpP]/.test(source) : /[.pP]/.test(source)
  if ((isFloat && !source.startsWith("'")) || integer === undefined) return { kind: 'float', type: FLOAT, value: float }
  return BigInt.asIntN(64, integer) === integer ? goInt(integer) : `${source} overflows int`
}
