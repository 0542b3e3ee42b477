import type { GoFunc, GoType, Value } from '../values/value.ts'

/** Whether a Go value of one type may be assigned to the other without conversion, as far as docker's types go. */
export function isAssignable(from: GoType, to: GoType): boolean {
  if (to.kind === 'interface' || from.name === to.name) return true
  const isUnnamed = ({ kind, name }: GoType) =>
    kind === 'slice' ? name.startsWith('[]') : kind === 'map' && name.startsWith('map[')
  if (from.kind !== to.kind || !(isUnnamed(from) || isUnnamed(to))) return false
  return from.elem?.name === to.elem?.name && from.key?.name === to.key?.name
}

/** A value as an argument of the type; a string when it does not fit, saying why. */
export function asArgument(value: Value, type: GoType): Value | string {
  if (value.kind === 'nil') {
    return canBeNil(type) ? value : `invalid value; expected ${type.name}`
  }
  if (value.type === type || type.kind === 'value' || isAssignable(value.type, type)) return value
  const inner = value.kind === 'interface' ? value.inner : value
  if (inner === undefined || inner.kind === 'nil')
    return wrongType(type, value.kind === 'interface' ? value.type : type)
  if (isAssignable(inner.type, type)) return inner
  if (inner.kind === 'pointer' && inner.type.elem !== undefined && isAssignable(inner.type.elem, type)) {
    return inner.target ?? `dereference of nil pointer of type ${type.name}`
  }
  return wrongType(type, inner.type)
}

function wrongType(wanted: GoType, got: GoType): string {
  return `wrong type for value; expected ${wanted.name}; got ${got.name}`
}

/** Whether nil is a value of the type. */
export function canBeNil({ kind }: GoType): boolean {
  return ['func', 'interface', 'map', 'pointer', 'slice', 'value'].includes(kind)
}

/** Why a function cannot be called with so many arguments; undefined if it can. */
export function countProblem(name: string, func: GoFunc, written: number, hasFinal: boolean): string | undefined {
  const count = written + (hasFinal ? 1 : 0)
  const wanted = func.parameters.length
  if (func.rest !== undefined) {
    return count < wanted ? `wrong number of args for ${name}: want at least ${wanted} got ${written}` : undefined
  }
  return count === wanted ? undefined : `wrong number of args for ${name}: want ${wanted} got ${count}`
}
