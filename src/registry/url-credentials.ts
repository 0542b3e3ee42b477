/** The name and the password that an address carries: `https://user:password@host/`. */
interface UrlCredentials {
  readonly user: string
  /** `undefined` when the address has only a name. */
  readonly password: string | undefined
}

/** An address and, apart from it, what must not be shown or handed to other programs as an argument. */
interface CleanUrl {
  readonly url: string
  readonly credentials: UrlCredentials | undefined
}

/** Takes the credentials out of an http(s) address; the rest stays as it was typed. */
export function splitCredentials(text: string): CleanUrl {
  const [, scheme = '', info = '', rest = ''] = /^(https?:\/\/)([^/?#]*)@(.*)$/s.exec(text) ?? []
  if (scheme === '') return { url: text, credentials: undefined }
  const colon = info.indexOf(':')
  const user = decoded(colon < 0 ? info : info.slice(0, colon))
  return { url: scheme + rest, credentials: { user, password: colon < 0 ? undefined : decoded(info.slice(colon + 1)) } }
}

/** The address as it may be shown, its password hidden as Go's HTTP client hides it. */
export function redactUrl(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/[^/?#:]*):[^/?#]*@/i, '$1:***@')
}

/** The headers that log in with the credentials of an address, as Go's HTTP client sends them. */
export function loginHeaders(credentials: UrlCredentials | undefined): Record<string, string> {
  if (credentials === undefined) return {}
  const { user, password = '' } = credentials
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

/**
 * What makes git log in to the address's server with its credentials: options, which anybody can read, and environment
 * variables, which only the user can.
 * @throws Error when a name or password has a line break, which git's protocol cannot carry
 */
export function gitLogin({ url, credentials }: CleanUrl): { options: string[]; env: Record<string, string> } {
  if (credentials === undefined) return { options: [], env: {} }
  const { user, password } = credentials
  if (/[\n\0]/.test(user + (password ?? ''))) throw new Error(`the credentials of ${url} contain a line break`)
  const [origin = ''] = /^https?:\/\/[^/?#]*/.exec(url) ?? []
  const lines = [
    `printf "username=%s\\n" "$TUG_GIT_USER"`,
    ...(password === undefined ? [] : [`printf "password=%s\\n" "$TUG_GIT_PASSWORD"`]),
  ]
  const key = `credential.${origin}.helper`
  // The empty one takes away the helpers of the user's settings, who may know somebody else.
  const options = ['-c', `${key}=`, '-c', `${key}=!f() { ${lines.join('; ')}; }; f`]
  return { options, env: { TUG_GIT_USER: user, ...(password === undefined ? {} : { TUG_GIT_PASSWORD: password }) } }
}

/** A stray percent sign stands for itself, as git reads it. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
