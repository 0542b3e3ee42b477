// Access to values of JSON whose shape is not known.
import { isObject, type JsonObject } from './go/fields.ts'

/** Returns a member of a JSON object; undefined if the value is not an object or does not have it. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

/** Returns a string member of a JSON object; empty if there is none. */
export function textIn(value: unknown, name: string): string {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : ''
}

/** Returns the strings of a list that is a member of a JSON object; empty if there is none. */
export function textListIn(value: unknown, name: string): readonly string[] {
  const member = memberOf(value, name)
  return Array.isArray(member) ? member.filter((item) => typeof item === 'string') : []
}

/** Returns an object that is a member of a JSON object; empty if there is none. */
export function objectIn(value: unknown, name: string): JsonObject {
  const member = memberOf(value, name)
  return isObject(member) ? member : {}
}
