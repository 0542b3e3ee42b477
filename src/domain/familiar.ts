/** A reference in the short form people see: `docker.io/library/` left out. */
export interface FamiliarReference {
  readonly name: string
  /** Empty when the reference has none. */
  readonly tag: string
  /** Empty when the reference has none. */
  readonly digest: string
}

const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const domain = `(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`
const algorithm = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*'
const REFERENCE = new RegExp(
  `^(?:(${domain})/)?(${component}(?:/${component})*)(?::([\\w][\\w.-]{0,127}))?(?:@(${algorithm}:[0-9a-fA-F]{32,}))?$`,
)
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/

/**
 * The familiar form of what a daemon calls an image (distribution/reference: ParseNormalizedNamed, then FamiliarName).
 * Undefined for what is no reference: an id, `<none>:<none>`, upper case.
 */
export function familiar(reference: string): FamiliarReference | undefined {
  if (/^[a-f0-9]{64}$/.test(reference)) return
  const slash = reference.indexOf('/')
  const first = slash < 0 ? '' : reference.slice(0, slash)
  const named = first !== '' && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
  const host = named && first !== 'index.docker.io' ? first : 'docker.io'
  const rest = named ? reference.slice(slash + 1) : reference
  const match = REFERENCE.exec(`${host}/${rest}`)
  if (match === null) return
  // A host that is no domain name, such as `foo_bar.com`, may still be the beginning of a path.
  const [, hostname = '', path = '', tag = '', digest = ''] = match
  if (path.length > 255 || (digest !== '' && !DIGEST.test(digest))) return
  if (hostname === '') return { name: path, tag, digest }
  return { name: host === 'docker.io' ? path.replace(/^library\/(?=[^/]+$)/, '') : `${host}/${path}`, tag, digest }
}
