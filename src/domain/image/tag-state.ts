/** How a local tag compares with the tag in its registry. */

/**
 * - `current`: the registry has the same image by that name
 * - `outdated`: the registry has another image by that name
 * - `local`: the image was neither pulled from the registry nor pushed to it
 * - `missing`: the registry has no image by that name
 * - `unreachable`: the registry did not respond
 * - `unknown`: the registry refused the request, or its response was invalid
 */
export type TagState = 'current' | 'outdated' | 'local' | 'missing' | 'unreachable' | 'unknown'

/** Whether a text from a registry is a digest that can be compared and printed. */
export function isDigest(text: string): boolean {
  return /^[a-z0-9]+:[a-f0-9]{32,128}$/.test(text)
}

/** Matches the daemon's messages that mean that a registry cannot be reached, and not that it has no such image. */
const UNREACHABLE =
  /connection refused|connection reset|no such host|i\/o timeout|TLS handshake timeout|no route to host|network is unreachable|context deadline exceeded|server misbehaving|temporary failure in name resolution|client\.timeout exceeded|: EOF$|x509: /i

/** Whether an error of the daemon is about the registry as a whole, so that its other images need not be looked up. */
export function isRegistryUnreachable(message: string): boolean {
  return UNREACHABLE.test(message)
}
