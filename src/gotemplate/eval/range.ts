import { ANY, goInt, held, NIL, sortedEntries, type Value } from '../values/value.ts'

/** How a loop's body can be left. */
export type Jump = 'break' | 'continue'

/** One round of a loop, with an index or key and what is there. */
type Round = (index: Value, element: Value) => Jump | undefined

/**
 * Goes over a value as Go's `range` does, until a round breaks. The rounds over an integer have no index.
 * @returns whether there was anything to go over; undefined where there cannot be
 */
export function eachRound(value: Value, round: Round): boolean | undefined {
  switch (value.kind) {
    case 'nil':
      return false
    case 'slice': {
      let index = 0
      for (const item of value.items ?? []) if (round(goInt(index++), held(value.type, item)) === 'break') break
      return index > 0
    }
    case 'map': {
      const type = value.type.key ?? ANY
      const entries = sortedEntries(value.entries)
      for (const [key, item] of entries) {
        if (round({ kind: 'string', type, value: key }, held(value.type, item)) === 'break') break
      }
      return entries.length > 0
    }
    case 'int':
    case 'uint':
      for (let at = 0n; at < value.value; at++) if (round(NIL, { ...value, value: at }) === 'break') break
      return value.value > 0n
    default:
      return
  }
}
