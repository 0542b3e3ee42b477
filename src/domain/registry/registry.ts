/** The response to `POST /auth`. */
export interface AuthResponse {
  readonly Status?: string
  /** A token to store instead of the password, if the registry issues one. */
  readonly IdentityToken?: string
}

/** The credentials of the X-Registry-Auth header, as docker's client sends them. */
export interface RegistryAuth {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly email?: string
  readonly serveraddress?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** The domain of Docker Hub in references. */
export const DOCKER_HUB = 'docker.io'
/** An old name of {@link DOCKER_HUB}. */
export const LEGACY_DOCKER_HUB = 'index.docker.io'
/** The host that serves Docker Hub's registry API. */
export const DOCKER_HUB_REGISTRY = 'registry-1.docker.io'
/** The key of Docker Hub's credentials in config.json and in requests. */
export const INDEX_SERVER = 'https://index.docker.io/v1/'

const URL_AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#]*@)?(?:\[([\da-f:.]+)\]|([^/?#@:[\]\s]+))(?::(\d*))?(?:[/?#]|$)/i

/**
 * Returns the host and port of a registry's address, which is a URL or `host[:port][/path]` (docker/cli
 * credentials.ConvertToHostname).
 */
export function registryHostname(address: string): string {
  const [, ipv6, name = ipv6, port = ''] = URL_AUTHORITY.exec(address) ?? []
  if (name === undefined) return address.split('/', 1)[0] ?? ''
  if (port === '') return name
  return ipv6 === undefined ? `${name}:${port}` : `[${ipv6}]:${port}`
}

/** Returns the value of the X-Registry-Auth header: the credentials as JSON in base64url. */
export function encodeRegistryAuth(auth: RegistryAuth): string {
  const known = Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== ''))
  const bytes = new TextEncoder().encode(JSON.stringify(known))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** Returns the key of the credentials for a search: the host at the start of the term, or Docker Hub. */
export function searchAuthKey(term: string): string {
  const slash = term.indexOf('/')
  const host = slash < 0 ? '' : term.slice(0, slash)
  const isHost = /[.:]/.test(host) || host === 'localhost'
  return !isHost || host === DOCKER_HUB || host === LEGACY_DOCKER_HUB ? INDEX_SERVER : host
}

/** One result of a search. */
export interface SearchResult {
  readonly name?: string
  readonly description?: string
  readonly star_count?: number
  readonly is_official?: boolean
}
