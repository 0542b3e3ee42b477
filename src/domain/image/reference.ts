import { DOCKER_HUB, INDEX_SERVER, LEGACY_DOCKER_HUB } from '../registry/registry.ts'

/**
 * A parsed image reference: `domain/path[:tag][@digest]`, with the default domain and namespace filled in, as
 * `github.com/distribution/reference` understands it.
 */
export interface ImageReference {
  /** The registry, with its port: `docker.io`, `localhost:5000`. Empty for `my_host.com/a`, because that is not a valid host name. */
  readonly domain: string
  /** The repository within the registry: `library/busybox`. */
  readonly path: string
  readonly tag?: string
  readonly digest?: string
}

const OFFICIAL_NAMESPACE = 'library/'
const DEFAULT_TAG = 'latest'
const MAX_PATH_LENGTH = 255

const HOST_LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const DOMAIN = `(?:${HOST_LABEL}(?:\\.${HOST_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const PATH_COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const PATH = `${PATH_COMPONENT}(?:/${PATH_COMPONENT})*`
const TAG = '[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'

let pattern: RegExp | undefined

/** Returns the pattern of a reference, which is created when it is first used. */
function referencePattern(): RegExp {
  pattern ??= new RegExp(`^(?:(?<domain>${DOMAIN})/)?(?<path>${PATH})(?::(?<tag>${TAG}))?(?:@(?<digest>${DIGEST}))?$`)
  return pattern
}

const IMAGE_ID = /^[a-f0-9]{64}$/

const DIGEST_HEX_LENGTH = new Map([
  ['sha256', 64],
  ['sha384', 96],
  ['sha512', 128],
])

/**
 * Parses a reference as users type it: `busybox` is `docker.io/library/busybox`, `localhost/a` is on a registry.
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
 * Checks a reference that may also be an image id, with or without `sha256:`.
 * @throws Error with docker's text
 */
export function checkAnyReference(text: string): void {
  if (!IMAGE_ID.test(text) && !/^sha256:[a-f0-9]{64}$/.test(text)) parseReference(text)
}

/**
 * Checks whether the text is a reference without a default domain and namespace filled in.
 * @throws Error with docker's text
 */
export function checkReference(text: string): void {
  if (text === '') throw new Error('repository name must have at least one component')
  parseFullReference(text)
}

/** Returns the reference with the tag `latest` if it has neither tag nor digest. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  return isNameOnly(reference) ? { ...reference, tag: DEFAULT_TAG } : reference
}

/** Whether a text is a full image id, which cannot be the name of a repository. */
export function isImageId(text: string): boolean {
  return IMAGE_ID.test(text)
}

/** Whether the reference has neither tag nor digest. */
export function isNameOnly(reference: ImageReference): boolean {
  return reference.tag === undefined && reference.digest === undefined
}

/** Returns the full reference: `docker.io/library/busybox:latest`. */
export function canonicalString(reference: ImageReference): string {
  return repositoryName(reference) + suffix(reference)
}

/** Returns the repository with its registry, without tag and digest: `docker.io/library/busybox`. */
export function repositoryName(reference: ImageReference): string {
  return reference.domain === '' ? reference.path : `${reference.domain}/${reference.path}`
}

/** Returns the familiar name with tag and digest: `busybox:latest`, `foo/bar`, `localhost:5000/a`. */
export function familiarString(reference: ImageReference): string {
  return familiarName(reference) + suffix(reference)
}

/** Returns the familiar name without tag and digest: `busybox`. */
export function familiarName(reference: ImageReference): string {
  if (reference.domain !== DOCKER_HUB) return repositoryName(reference)
  const name = reference.path.startsWith(OFFICIAL_NAMESPACE) ? reference.path.slice(OFFICIAL_NAMESPACE.length) : ''
  return name === '' || name.includes('/') ? reference.path : name
}

/** A reference in its familiar form, without `docker.io/library/`. */
export interface FamiliarReference {
  readonly name: string
  /** Empty if the reference has none. */
  readonly tag: string
  /** Empty if the reference has none. */
  readonly digest: string
}

/**
 * Matches most references in lists: familiar already, without a registry, `library/` or anything that could be an id. This
 * is ten times as fast as parsing the whole reference.
 */
const COMMON_FAMILIAR = /^(?!(?:localhost|library)\/)((?:[a-z0-9]{1,30}\/)?[a-z0-9]{1,30})(?::(\w[\w.-]{0,126}))?$/

/**
 * Parses an image name of the daemon and returns its familiar form. Undefined if it is not a reference, such as an id or
 * `<none>:<none>`.
 */
export function parseFamiliar(reference: string): FamiliarReference | undefined {
  const short = COMMON_FAMILIAR.exec(reference)
  if (short !== null) return { name: short[1] ?? '', tag: short[2] ?? '', digest: '' }
  try {
    const parsed = parseReference(reference)
    return { name: familiarName(parsed), tag: parsed.tag ?? '', digest: parsed.digest ?? '' }
  } catch {
    return undefined
  }
}

/** Returns the key of the registry's credentials in config.json: the domain, or the index URL of Docker Hub. */
export function authKey(reference: ImageReference): string {
  return reference.domain === DOCKER_HUB ? INDEX_SERVER : reference.domain
}

/** The first component is a registry if it is `localhost` or contains a dot, a colon or a capital: namespaces do not. */
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase()
  const domain = isDomain && first !== LEGACY_DOCKER_HUB ? first : DOCKER_HUB
  const rest = isDomain ? text.slice(slash + 1) : text
  const isOfficial = domain === DOCKER_HUB && !rest.includes('/')
  return { domain, rest: isOfficial ? OFFICIAL_NAMESPACE + rest : rest }
}

function parseFullReference(text: string): ImageReference {
  const { domain = '', path, tag, digest } = referencePattern().exec(text)?.groups ?? {}
  if (path === undefined) {
    const hasInvalidCapital = text !== text.toLowerCase() && referencePattern().test(text.toLowerCase())
    throw new Error(hasInvalidCapital ? 'repository name must be lowercase' : 'invalid reference format')
  }
  if (path.length > MAX_PATH_LENGTH) {
    throw new Error(`repository name must not be more than ${MAX_PATH_LENGTH} characters`)
  }
  if (digest !== undefined) checkDigest(digest)
  return { domain, path, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) }
}

/** The grammar of references allows more than valid digests, so this makes the checks of go-digest. */
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
