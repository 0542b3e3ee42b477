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
 * The familiar form of what a daemon calls an image. Undefined for what is no reference: an id, `<none>:<none>`, upper
 * case.
 */
export function familiar(reference: string): FamiliarReference | undefined {
  try {
    const parsed = parseReference(reference)
    return { name: familiarName(parsed), tag: parsed.tag ?? '', digest: parsed.digest ?? '' }
  } catch {
    return undefined
  }
}
