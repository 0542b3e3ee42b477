import type { TlsMaterial } from '../../domain/context/endpoint.ts'

/** Returns Node's options for a TLS connection to the daemon. */
export function tlsOptions({ ca, cert, key, verify }: TlsMaterial) {
  return {
    ...(ca ? { ca: Buffer.from(ca) } : {}),
    ...(cert ? { cert: Buffer.from(cert) } : {}),
    ...(key ? { key: Buffer.from(key) } : {}),
    rejectUnauthorized: verify,
  }
}
