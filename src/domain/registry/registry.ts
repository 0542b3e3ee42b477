/** What `POST /auth` responses. */
export interface AuthResponse {
  readonly Status?: string
  /** A token to keep instead of the password, where the registry gives one. */
  readonly IdentityToken?: string
}

/** What the Engine wants in X-Registry-Auth, as docker's client composes it. */
export interface RegistryAuth {
  readonly username?: string
  readonly password?: string
  readonly auth?: string
  readonly email?: string
  readonly serveraddress?: string
  readonly identitytoken?: string
  readonly registrytoken?: string
}

/** Docker Hub's key in config.json and in requests. */
export const INDEX_SERVER = 'https://index.docker.io/v1/'

const URL_AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/(?:[^/?#]*@)?(?:\[([\da-f:.]+)\]|([^/?#@:[\]\s]+))(?::(\d*))?(?:[/?#]|$)/i

/**
 * The host of a registry's address, with its port: that of a URL, or what stands in front of the first slash (docker/cli
 * credentials.ConvertToHostname).
 */
export function registryHostname(address: string): string {
  const [, ipv6, name = ipv6, port = ''] = URL_AUTHORITY.exec(address) ?? []
  if (name === undefined) return address.split('/', 1)[0] ?? ''
  if (port === '') return name
  return ipv6 === undefined ? `${name}:${port}` : `[${ipv6}]:${port}`
}

/** The X-Registry-Auth header's text: base64url of the credentials' JSON. */
export function encodeRegistryAuth(auth: RegistryAuth): string {
  const known = Object.fromEntries(Object.entries(auth).filter(([, value]) => value !== ''))
  const bytes = new TextEncoder().encode(JSON.stringify(known))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

/** The key of the credentials for the index that a search asks: the host in front of the term, or else Docker Hub. */
export function searchAuthKey(term: string): string {
  const slash = term.indexOf('/')
  const host = slash < 0 ? '' : term.slice(0, slash)
  const isHost = /[.:]/.test(host) || host === 'localhost'
  return !isHost || host === 'docker.io' || host === 'index.docker.io' ? INDEX_SERVER : host
}

/** One image that a search found. */
export interface SearchResult {
  readonly name?: string
  readonly description?: string
  readonly star_count?: number
  readonly is_official?: boolean
}
