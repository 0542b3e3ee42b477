import { messageOf } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { digestFault, parseDigest } from '../content/digest.ts'
import { findInLayout, onlyOneInLayout } from '../content/layout-index.ts'
import { newBuildRef } from '../ids.ts'

/** Begins the address of an image in a directory: `oci-layout://FOLDER[:TAG][@DIGEST]`. */
export const OCI_LAYOUT = 'oci-layout://'

/** An image in a directory of this machine, as the frontend is told of it. */
export interface LayoutImage {
  readonly value: string
  /** Names the directory in the session. */
  readonly id: string
  readonly path: string
}

/**
 * Finds an image that is a build context: by its digest, else by its tag, else the only one that there is.
 * @throws Error in buildx's words
 */
export function findLayoutImage(address: string): LayoutImage {
  const [place = '', ...digests] = address.slice(OCI_LAYOUT.length).split('@')
  const [path = '', ...tags] = place.split(':')
  const tag = tags.length > 0 ? tags.join(':') : 'latest'
  const digest = digests.length > 0 ? digests.join('@') : digestIn(path, tag, address)
  const id = newBuildRef()
  return { value: `${OCI_LAYOUT}${id}:${tag}@${digest}`, id, path }
}

function digestIn(path: string, tag: string, address: string): string {
  try {
    const digest = findInLayout(path, tag) ?? onlyOneInLayout(path)
    if (digest === undefined) throw new Error('failed to resolve digest')
    if (parseDigest(digest)) return digest
    throw new Error(`invalid digest ${digest}: ${digestFault(digest)}`)
  } catch (error) {
    throw new Error(`oci-layout reference ${goQuote(address)} could not be resolved: ${messageOf(error)}`)
  }
}
