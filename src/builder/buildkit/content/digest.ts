import { join } from 'node:path'

/** How many hexadecimal digits the digests of an algorithm have. */
const LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/** What a digest of an algorithm that is not known looks like. */
const FORM = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/

/** A blob's name, taken apart. */
export interface Digest {
  /** As Node's crypto knows it, too. */
  readonly algorithm: string
  readonly hex: string
}

/** The digest that the text is, `sha256:…`; undefined for anything else, so that it may safely become a path. */
export function parseDigest(text: string): Digest | undefined {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+):([0-9a-f]+)$/.exec(text) ?? []
  const length = Object.hasOwn(LENGTHS, algorithm) ? LENGTHS[algorithm] : undefined
  return length !== undefined && hex.length === length ? { algorithm, hex } : undefined
}

/** Why a text is no digest, in Go's words. */
export function digestFault(text: string): string {
  const colon = text.indexOf(':')
  const [algorithm, hex] = [text.slice(0, colon), text.slice(colon + 1)]
  if (colon <= 0 || hex === '') return 'invalid checksum digest format'
  if (!Object.hasOwn(LENGTHS, algorithm)) {
    return FORM.test(text) ? 'unsupported digest algorithm' : 'invalid checksum digest format'
  }
  return `invalid checksum digest ${hex.length === LENGTHS[algorithm] ? 'format' : 'length'}`
}

/** Where an OCI layout keeps a blob. */
export function blobPath(directory: string, { algorithm, hex }: Digest): string {
  return join(directory, 'blobs', algorithm, hex)
}
