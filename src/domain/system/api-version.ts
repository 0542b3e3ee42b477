import { consistsOf, DIGITS } from '../characters.ts'
import { goQuote } from '../go/quote.ts'

/**
 * Returns the API version of DOCKER_API_VERSION without a leading `v`; empty if it is not set.
 * @throws Error for an invalid version, because it becomes part of every request path
 */
export function pinnedApiVersion(typed: string): string {
  if (typed === '') return ''
  const version = typed.replace(/^v{1,2}/, '')
  if (version === '' || isVersion(version)) return version
  throw new Error(`Failed to initialize: DOCKER_API_VERSION is no API version: ${goQuote(typed)}`)
}

/** Whether a text consists of digits and dots, as API versions do. */
export function isVersion(text: string): boolean {
  return text !== '' && consistsOf(text, `${DIGITS}.`)
}

/** Compares dotted version numbers part by part, as docker compares API versions. Negative if `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
