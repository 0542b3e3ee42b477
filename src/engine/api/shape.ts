/** Checks the shape of the daemon's JSON, with the error messages of docker's client, which decodes it in Go. */
import type { Filters } from '../../domain/filter.ts'
import { goJsonError } from '../../domain/go/json.ts'

/**
 * Returns a response that must be a list of objects. Daemons send `null` for an empty list.
 * @param goType the Go type of the items, for docker's message
 * @throws Error with docker's message for another type
 */
export function asList<T extends object>(response: readonly T[] | null | undefined, goType: string): T[] {
  if (response === null) return []
  if (response === undefined) throw new Error('EOF')
  if (!Array.isArray(response)) throw mismatchError(response, `[]${goType}`)
  const mismatched = response.find((item: unknown) => !isObject(item))
  if (mismatched !== undefined) throw mismatchError(mismatched, goType)
  return response
}

/**
 * Returns a response that must be an object. Its fields are not checked.
 * @param goType the Go type of the object, for docker's message
 * @throws Error with docker's message for another type
 */
export function asObject<T extends object>(response: T | null | undefined, goType: string): T {
  if (response === undefined) throw new Error('EOF')
  if (response === null || !isObject(response)) throw mismatchError(response, goType)
  return response
}

/** Checks that a text is one JSON object. @throws Error with docker's message when it is not */
export function checkObjectText(text: string, goType: string): void {
  if (text.trim() === '') throw new Error('EOF')
  const problem = goJsonError(text)
  if (problem !== '') throw new Error(problem)
  if (!text.trimStart().startsWith('{')) throw mismatchError(JSON.parse(text), goType)
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mismatchError(value: unknown, goType: string): Error {
  return new Error(`json: cannot unmarshal ${jsonType(value)} into Go value of type ${goType}`)
}

/** Returns the name of a value's JSON type in the errors of Go's decoder. */
function jsonType(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

/** Returns undefined for empty filters, because docker omits the parameter then. */
export function nonEmpty(filters: Filters): Filters | undefined {
  return Object.keys(filters).length > 0 ? filters : undefined
}
