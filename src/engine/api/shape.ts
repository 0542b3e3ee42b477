import type { Filters } from '../../domain/filter.ts'
import { goJsonError } from '../../domain/go/json.ts'

/**
 * A list as the daemon sent it; daemons send `null` for an empty one.
 * @param goType what docker calls the items when it complains that there is no list
 * @throws Error in docker's words
 */
export function asList<T extends object>(response: readonly T[] | null | undefined, goType: string): T[] {
  if (response === null) return []
  if (response === undefined) throw new Error('EOF')
  if (!Array.isArray(response)) throw mismatch(response, `[]${goType}`)
  const odd = response.find((item: unknown) => !isObject(item))
  if (odd !== undefined) throw mismatch(odd, goType)
  return response
}

/**
 * One object as the daemon sent it; its fields are taken at the daemon's word.
 * @param goType what docker calls it when it complains that it is none
 * @throws Error in docker's words
 */
export function asObject<T extends object>(response: T | null | undefined, goType: string): T {
  if (response === undefined) throw new Error('EOF')
  if (response === null || !isObject(response)) throw mismatch(response, goType)
  return response
}

/** A text that should be one JSON object. @throws Error in docker's words */
export function checkObjectText(text: string, goType: string): void {
  if (text.trim() === '') throw new Error('EOF')
  const fault = goJsonError(text)
  if (fault !== '') throw new Error(fault)
  if (!text.trimStart().startsWith('{')) throw mismatch(JSON.parse(text), goType)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatch(value: unknown, goType: string): Error {
  return new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type ${goType}`)
}

/** JSON's name of a type, as Go's decoder uses it. */
function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** docker leaves the query out where there are no filters. */
export function nonEmpty(filters: Filters): Filters | undefined {
  return Object.keys(filters).length > 0 ? filters : undefined
}
