/** HTTP authentication: the challenges of servers, and the Basic scheme (RFC 9110 section 11, RFC 7617). */
/** One challenge of a `WWW-Authenticate` header: a way in which the server lets clients authenticate. */
export interface AuthChallenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const PARAMETER = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g

/**
 * Parses the challenges of a `WWW-Authenticate` header (RFC 9110 section 11.6.1).
 * @param header the header's value; several headers are joined by commas
 */
export function parseAuthChallenges(header: string): AuthChallenge[] {
  return splitChallenges(header).map((text) => {
    const [scheme = ''] = text.split(/\s/, 1)
    const matches = [...text.slice(scheme.length).matchAll(PARAMETER)]
    const parameters = matches.map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? bare,
    ])
    return { scheme: scheme.toLowerCase(), parameters: Object.fromEntries(parameters) }
  })
}

/** Splits at the commas that are followed by a scheme rather than by a parameter. Commas in quoted strings do not count. */
function splitChallenges(header: string): string[] {
  const parts = header.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? []
  const challenges: string[] = []
  for (const part of parts.map((text) => text.trim())) {
    const isNew = /^[\w-]+(\s+[\w-]+\s*=|$)/.test(part)
    const last = challenges.pop()
    if (last !== undefined) challenges.push(...(isNew ? [last, part] : [`${last}, ${part}`]))
    else if (part !== '') challenges.push(part)
  }
  return challenges
}

/** Returns the Authorization header of the Basic scheme (RFC 7617). */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}
