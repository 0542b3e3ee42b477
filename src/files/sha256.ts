/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface BunHasher {
  readonly CryptoHasher: new (
    algorithm: 'sha256',
  ) => { update(content: string | Uint8Array): { digest(encoding: 'hex'): string } }
}

/**
 * Returns the SHA-256 digest of a content in hexadecimal digits. The executable uses Bun's own function, because loading
 * node:crypto takes a fifth of the time of `tug ps`.
 */
export function sha256(content: string | Uint8Array): string {
  const bun: unknown = Reflect.get(globalThis, 'Bun')
  if (hasHasher(bun)) return new bun.CryptoHasher('sha256').update(content).digest('hex')
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(content).digest('hex')
}

function hasHasher(value: unknown): value is BunHasher {
  return typeof value === 'object' && value !== null && 'CryptoHasher' in value
}
