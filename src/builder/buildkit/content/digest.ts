import { join } from 'node:path'

/** The number of hexadecimal digits of a digest, by algorithm. */
const LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/** The general syntax of a digest, for any algorithm (OCI image specification, descriptor.md). */
const DIGEST_SYNTAX = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[a-zA-Z0-9=_-]+$/

/** A parsed digest. */
export interface Digest {
  /** The name of the algorithm, which is also Node's name for it. */
  readonly algorithm: string
  readonly hex: string
}

/** Parses a digest, `sha256:…`; undefined for anything else, so that the result is safe as a path. */
export function parseDigest(text: string): Digest | undefined {
  const [, algorithm = '', hex = ''] = /^([a-z0-9]+):([0-9a-f]+)$/.exec(text) ?? []
  const length = Object.hasOwn(LENGTHS, algorithm) ? LENGTHS[algorithm] : undefined
  return length !== undefined && hex.length === length ? { algorithm, hex } : undefined
}

/** Returns Go's error for a text that is not a digest. */
export function explainInvalidDigest(text: string): string {
  const colon = text.indexOf(':')
  const [algorithm, hex] = [text.slice(0, colon), text.slice(colon + 1)]
  if (colon <= 0 || hex === '') return 'invalid checksum digest format'
  if (!Object.hasOwn(LENGTHS, algorithm)) {
    return DIGEST_SYNTAX.test(text) ? 'unsupported digest algorithm' : 'invalid checksum digest format'
  }
  return `invalid checksum digest ${hex.length === LENGTHS[algorithm] ? 'format' : 'length'}`
}

/** Returns the path of a blob in an OCI layout. */
export function blobPath(directory: string, { algorithm, hex }: Digest): string {
  return join(directory, 'blobs', algorithm, hex)
}
