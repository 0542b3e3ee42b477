import { INDEX_SERVER } from '../registry/registry.ts'
/**
 * A parsed image reference: `domain/path[:tag][@digest]`, with the default domain and namespace filled in, as
 * `github.com/distribution/reference` understands it.
 */
export interface ImageReference {
  /** The registry, with its port: `docker.io`, `localhost:5000`. Empty for `my_host.com/a`: that is no host's name. */
  readonly domain: string
  /** The repository within the registry: `library/busybox`. */
  readonly path: string
  readonly tag?: string
  readonly digest?: string
}

const DEFAULT_DOMAIN = 'docker.io'
const LEGACY_DEFAULT_DOMAIN = 'index.docker.io'
const OFFICIAL_NAMESPACE = 'library/'
const DEFAULT_TAG = 'latest'
const MAX_PATH_LENGTH = 255

const HOST_LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = `(?:${HOST_LABEL}(?:\\.${HOST_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`
const TAG = '[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'

const REFERENCE = new RegExp(
  `^(?:(?<domain>${DOMAIN})/)?(?<path>${PATH})(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`,
)
const IMAGE_ID = /^[a-f0-9]{64}$/

const DIGEST_HEX_LENGTH = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])

/**
 * Reads a reference as people type it: `busybox` is `docker.io/library/busybox`, `localhost/a` is on a registry.
 * @throws Error with docker's text, such as `invalid reference format`
 */
export function parseReference(text: string): ImageReference {
  if (IMAGE_ID.test(text)) {
    throw new Error(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`)
  }
  const { domain, rest } = splitDomain(text)
  const repository = rest.split(':', 1)[0] ?? ''
  if (repository !== repository.toLowerCase()) {
    throw new Error(`invalid reference format: repository name (${repository}) must be lowercase`)
  }
  return parseFullReference(`${domain}/${rest}`)
}

/**
 * Looks whether the text is a reference as it stands, without a domain and a namespace filled in.
 * @throws Error with docker's text
 */
export function checkReference(text: string): void {
  if (text === '') throw new Error('repository name must have at least one component')
  parseFullReference(text)
}

/** The reference with the tag `latest` where it has neither tag nor digest. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  return isNameOnly(reference) ? { ...reference, tag: DEFAULT_TAG } : reference
}

/** Whether a text is an image's whole id, which is no repository's name. */
export function isImageId(text: string): boolean {
  return IMAGE_ID.test(text)
}

/** Whether the reference names a repository and nothing in it. */
export function isNameOnly(reference: ImageReference): boolean {
  return reference.tag === undefined && reference.digest === undefined
}

/** The reference in full: `docker.io/library/busybox:latest`. */
export function canonicalString(reference: ImageReference): string {
  return repositoryName(reference) + suffix(reference)
}

/** The repository with its registry, without tag and digest: `docker.io/library/busybox`. */
export function repositoryName(reference: ImageReference): string {
  return reference.domain === '' ? reference.path : `${reference.domain}/${reference.path}`
}

/** The reference as people know it: `busybox:latest`, `foo/bar`, `localhost:5000/a`. */
export function familiarString(reference: ImageReference): string {
  return familiarName(reference) + suffix(reference)
}

/** The repository as people know it, without tag and digest: `busybox`. */
export function familiarName(reference: ImageReference): string {
  if (reference.domain !== DEFAULT_DOMAIN) return repositoryName(reference)
  const name = reference.path.startsWith(OFFICIAL_NAMESPACE) ? reference.path.slice(OFFICIAL_NAMESPACE.length) : ''
  return name === '' || name.includes('/') ? reference.path : name
}

/** The key of the registry's credentials in config.json: the domain, or Docker Hub's old index URL. */
export function authKey(reference: ImageReference): string {
  return reference.domain === DEFAULT_DOMAIN ? INDEX_SERVER : reference.domain
}

/** The first part is a registry when it cannot be a namespace: `localhost`, or with a dot, a colon or a capital. */
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  const domain = isDomain && first !== LEGACY_DEFAULT_DOMAIN ? first : DEFAULT_DOMAIN
  const rest = isDomain ? text.slice(slash + 1) : text
  const isOfficial = domain === DEFAULT_DOMAIN && !rest.includes('/')
  return { domain, rest: isOfficial ? OFFICIAL_NAMESPACE + rest : rest }
}

function parseFullReference(text: string): ImageReference {
  const { domain = '', path, tag, digest } = REFERENCE.exec(text)?.groups ?? {}
  if (path === undefined) {
    const isCapitalTheTrouble = text !== text.toLowerCase() && REFERENCE.test(text.toLowerCase())
    throw new Error(isCapitalTheTrouble ? 'repository name must be lowercase' : 'invalid reference format')
  }
  if (path.length > MAX_PATH_LENGTH) {
    throw new Error(`repository name must not be more than ${MAX_PATH_LENGTH} characters`)
  }
  if (digest !== undefined) checkDigest(digest)
  return { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** The reference grammar is wider than the digests that exist; these are go-digest's refusals. */
function checkDigest(digest: string): void {
  const colon = digest.indexOf(':')
  const hexLength = DIGEST_HEX_LENGTH.get(digest.slice(0, colon))
  const hex = digest.slice(colon + 1)
  if (hexLength === undefined) throw new Error('unsupported digest algorithm')
  if (hex.length !== hexLength) throw new Error('invalid checksum digest length')
  if (!/^[a-f0-9]+$/.test(hex)) throw new Error('invalid checksum digest format')
}

function suffix(reference: ImageReference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  return reference.digest === undefined ? tag : `${tag}@${reference.digest}`
}
