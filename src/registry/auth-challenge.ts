/** How a server wants to be shown who asks: one challenge of a `WWW-Authenticate` header. */
export interface AuthChallenge {
  /** In lower case: `bearer`, `basic`. */
  readonly scheme: string
  readonly parameters: Readonly<Record<string, string>>
}

const PARAMETER = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g

/** The challenges of a header, whose values may have been joined by commas. */
export function authChallenges(header: string): AuthChallenge[] {
  return splitChallenges(header).map((text) => {
    const [scheme = ''] = text.split(/\s/, 1)
    const found = [...text.slice(scheme.length).matchAll(PARAMETER)]
    const parameters = found.map(([, name = '', quoted, bare = '']) => [
      name.toLowerCase(),
      quoted?.replace(/\\(.)/g, '$1') ?? bare,
    ])
    return { scheme: scheme.toLowerCase(), parameters: Object.fromEntries(parameters) }
  })
}

/** Cuts before each word that is followed by a parameter, not by an equals sign; texts in quotes stay whole. */
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
