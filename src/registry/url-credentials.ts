import { basicAuthorization } from './http-auth.ts'

/** The name and password in a URL: `https://user:password@host/`. */
interface UrlCredentials {
  readonly user: string
  /** Undefined if the URL has only a name. */
  readonly password: string | undefined
}

/** A URL and its credentials, which must not be printed or passed to programs as an argument. */
interface SplitUrl {
  readonly url: string
  readonly credentials: UrlCredentials | undefined
}

/** Separates the credentials from an http(s) URL, which otherwise stays as it was typed. */
export function splitCredentials(text: string): SplitUrl {
  const [, scheme = '', info = '', rest = ''] = /^(https?:\/\/)([^/?#]*)@(.*)$/s.exec(text) ?? []
  if (scheme === '') return { url: text, credentials: undefined }
  const colon = info.indexOf(':')
  const user = decodePercents(colon < 0 ? info : info.slice(0, colon))
  return {
    url: scheme + rest,
    credentials: { user, password: colon < 0 ? undefined : decodePercents(info.slice(colon + 1)) },
  }
}

/** Returns a URL for messages, with its password replaced by `***` as in Go's HTTP client. */
export function redactUrl(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/[^/?#:]*):[^/?#]*@/i, '$1:***@')
}

/** Returns the headers that send a URL's credentials, as Go's HTTP client does. */
export function loginHeaders(credentials: UrlCredentials | undefined): Record<string, string> {
  if (credentials === undefined) return {}
  const { user, password = '' } = credentials
  return { authorization: basicAuthorization(user, password) }
}

/**
 * Returns the options and environment variables with which git logs in with a URL's credentials. The secrets are in the
 * variables, because other users can read a program's arguments.
 * @throws Error if the name or password contains a line break, which git's credential protocol does not allow
 */
export function gitLogin({ url, credentials }: SplitUrl): { options: string[]; env: Record<string, string> } {
  if (credentials === undefined) return { options: [], env: {} }
  const { user, password } = credentials
  if (/[\n\0]/.test(user + (password ?? ''))) throw new Error(`the credentials of ${url} contain a line break`)
  const [origin = ''] = /^https?:\/\/[^/?#]*/.exec(url) ?? []
  const lines = [
    `printf "username=%s\\n" "$TUG_GIT_USER"`,
    ...(password === undefined ? [] : [`printf "password=%s\\n" "$TUG_GIT_PASSWORD"`]),
  ]
  const key = `credential.${origin}.helper`
  // The empty value disables the helpers of the user's git configuration, which may return other credentials.
  const options = ['-c', `${key}=`, '-c', `${key}=!f() { ${lines.join('; ')}; }; f`]
  return { options, env: { TUG_GIT_USER: user, ...(password === undefined ? {} : { TUG_GIT_PASSWORD: password }) } }
}

/** Decodes percent-encoding. As in git, a percent sign that begins no code stands for itself. */
function decodePercents(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
