import { goQuote } from '../go/quote.ts'

/**
 * The API version that DOCKER_API_VERSION sets, without the `v` in front; empty where it sets none.
 * @throws Error for what is no version: it becomes part of every path
 */
export function pinnedApiVersion(typed: string): string {
  const version = typed.replace(/^v{1,2}/, '')
  if (version === '' || isVersion(version)) return version
  throw new Error(`Failed to initialize: DOCKER_API_VERSION is no API version: ${goQuote(typed)}`)
}

/** Whether a text is digits and dots, as every API version is. */
export function isVersion(text: string): boolean {
  return /^[\d.]+$/.test(text)
}

/** Compares dotted version numbers part by part, as docker compares API versions: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number)
  const right = b.split('.').map(Number)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
