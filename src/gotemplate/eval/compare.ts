import { formatPlain } from '../fmt/print.ts'
import { sprintf } from '../fmt/printf.ts'
import { compareText, NIL, unwrap, type Value } from '../values/value.ts'

type Basic = Extract<Value, { kind: 'bool' | 'int' | 'uint' | 'float' | 'complex' | 'string' }>

/** Go's comparison functions. They throw an Error with Go's message for values that cannot be compared. */

/** Whether the first value equals any of the others (Go's `eq`). */
export function equalsAny(values: readonly Value[]): boolean {
  const first = unwrap(values[0] ?? NIL)
  if (values.length < 2) throw new Error('missing argument for comparison')
  for (let index = 1; index < values.length; index++) if (equals(first, unwrap(values[index] ?? NIL))) return true
  return false
}

/** Whether two values are equal. They must be of the same kind, except that signed and unsigned integers compare. */
export function equals(a: Value, b: Value): boolean {
  // Nearly all comparisons in templates are of strings.
  if (a.kind === 'string' && b.kind === 'string') return a.value === b.value
  if (isBasic(a) && isBasic(b)) {
    if (!isComparable(a, b)) throw new Error('incompatible types for comparison')
    if (a.kind === 'complex' || b.kind === 'complex') return formatPlain(a) === formatPlain(b)
    return a.value === b.value
  }
  if (isBasic(a) !== isBasic(b)) {
    if (a.kind === 'nil' || b.kind === 'nil') return false
    throw new Error('incompatible types for comparison')
  }
  if (a.kind !== 'nil' && b.kind !== 'nil' && a.kind !== b.kind) {
    const types = `${sprintf('%s', [a])}: ${a.type.name}, ${b.type.name}: ${formatPlain(b)}`
    throw new Error(`non-comparable types ${types}`)
  }
  const [left, right] = [isNil(a), isNil(b)]
  if (left || right) return left === right
  if (b.kind === 'slice' || b.kind === 'map' || b.kind === 'func') {
    throw new Error(`non-comparable type ${sprintf('%s', [b])}: ${b.type.name}`)
  }
  return (
    a === b ||
    (a.kind === 'struct' && b.kind === 'struct' && a.type.name === b.type.name && formatPlain(a) === formatPlain(b))
  )
}

/** Whether the first value is less than the second (Go's `lt`). Only numbers and strings are ordered. */
export function isLess(a: Value, b: Value): boolean {
  if (!isBasic(a) || !isBasic(b)) throw new Error('invalid type for comparison')
  if (!isComparable(a, b)) throw new Error('incompatible types for comparison')
  if (a.kind === 'bool' || a.kind === 'complex' || b.kind === 'complex') throw new Error('invalid type for comparison')
  if (a.kind === 'string' && b.kind === 'string') return compareText(a.value, b.value) < 0
  return a.value < b.value
}

function isComparable(a: Basic, b: Basic): boolean {
  return family(a) === family(b)
}

function family({ kind }: Basic): Basic['kind'] {
  return kind === 'uint' ? 'int' : kind
}

const BASIC: ReadonlySet<Value['kind']> = new Set(['bool', 'int', 'uint', 'float', 'complex', 'string'] as const)

function isBasic(value: Value): value is Basic {
  return BASIC.has(value.kind)
}

function isNil(value: Value): boolean {
  switch (value.kind) {
    case 'nil':
      return true
    case 'pointer':
      return value.target === undefined
    case 'interface':
      return value.inner === undefined
    case 'map':
      return value.entries === undefined
    case 'slice':
      return value.items === undefined
    default:
      return false
  }
}
