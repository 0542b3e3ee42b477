import { familiarName, parseReference } from './reference.ts'

/** A reference in the short form people see: `docker.io/library/` left out. */
export interface FamiliarReference {
  readonly name: string
  /** Empty when the reference has none. */
  readonly tag: string
  /** Empty when the reference has none. */
  readonly digest: string
}

/**
 * Most names: short already, and free of all that needs a second look, such as a server, `library/` or what could be an
 * id. Lists are long, and reading a reference in full takes ten times as long.
 */
const SHORT = /^(?!(?:localhost|library)\/)((?:[a-z0-9]{1,30}\/)?[a-z0-9]{1,30})(?::(\w[\w.-]{0,126}))?$/

/**
 * The familiar form of what a daemon calls an image. Undefined for what is no reference: an id, `<none>:<none>`, upper
 * case.
 */
export function familiar(reference: string): FamiliarReference | undefined {
  const short = SHORT.exec(reference)
  if (short !== null) return { name: short[1] ?? '', tag: short[2] ?? '', digest: '' }
  try {
    const parsed = parseReference(reference)
    return { name: familiarName(parsed), tag: parsed.tag ?? '', digest: parsed.digest ?? '' }
  } catch {
    return undefined
  }
}
