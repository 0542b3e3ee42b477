import { sprint, sprintln } from '../fmt/print.ts'
import { sprintf } from '../fmt/printf.ts'
import {
  ANY,
  type Functions,
  type GoFunc,
  goBool,
  goString,
  isTrue,
  NIL,
  REFLECT_VALUE,
  STRING,
  textOf,
  unwrap,
  type Value,
} from '../values/value.ts'
import { indexValue, sliceValue, valueLength } from './collections.ts'
import { equals, equalsAny, isLess } from './compare.ts'
import { escapeHtml, escapeJs, escapeQuery } from './escape.ts'

const ONE = [REFLECT_VALUE]
const TWO = [REFLECT_VALUE, REFLECT_VALUE]

/** The builtin functions of Go's text/template. */
export const BUILTINS: Functions = new Map<string, GoFunc>([
  // The pipeline compiler evaluates `and` and `or` itself. These entries declare their parameters.
  ['and', { parameters: ONE, rest: REFLECT_VALUE, call: (values) => values.at(-1) ?? NIL }],
  ['or', { parameters: ONE, rest: REFLECT_VALUE, call: (values) => values.at(-1) ?? NIL }],
  ['not', { parameters: ONE, call: ([value = NIL]) => goBool(!isTrue(unwrap(value))) }],
  ['len', { parameters: ONE, call: ([value = NIL]) => valueLength(value) }],
  ['index', { parameters: ONE, rest: REFLECT_VALUE, call: ([item = NIL, ...rest]) => indexValue(item, rest) }],
  ['slice', { parameters: ONE, rest: REFLECT_VALUE, call: ([item = NIL, ...rest]) => sliceValue(item, rest) }],
  ['call', { isCall: true, parameters: ONE, rest: REFLECT_VALUE, call: ([func = NIL, ...rest]) => call(func, rest) }],
  ['eq', { parameters: ONE, rest: REFLECT_VALUE, call: (values) => goBool(equalsAny(values)) }],
  ['ne', comparison((a, b) => !equals(a, b))],
  ['lt', comparison(isLess)],
  ['le', comparison((a, b) => isLess(a, b) || equals(a, b))],
  ['gt', comparison((a, b) => !isLess(a, b) && !equals(a, b))],
  ['ge', comparison((a, b) => !isLess(a, b))],
  ['print', variadic(sprint)],
  ['println', variadic(sprintln)],
  [
    'printf',
    { parameters: [STRING], rest: ANY, call: ([format, ...values]) => goString(sprintf(textOf(format), values)) },
  ],
  ['html', variadic(escapeHtml)],
  ['js', variadic(escapeJs)],
  ['urlquery', variadic(escapeQuery)],
])

function comparison(compare: (a: Value, b: Value) => boolean): GoFunc {
  return { parameters: TWO, call: ([a = NIL, b = NIL]) => goBool(compare(unwrap(a), unwrap(b))) }
}

function variadic(format: (values: readonly Value[]) => string): GoFunc {
  return { parameters: [], rest: ANY, call: (values) => goString(format(values)) }
}

function call(callee: Value, args: readonly Value[]): Value {
  const value = unwrap(callee)
  if (value.kind === 'nil') throw new Error('call of nil')
  return value.kind === 'func' ? value.func.call(args) : NIL
}
