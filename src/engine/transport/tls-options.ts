import type { TlsMaterial } from '../../domain/context/endpoint.ts'
import { canonicalIp } from '../../domain/network/address.ts'

/** Returns Node's options for a TLS connection to the daemon. */
export function tlsOptions({ ca, cert, key, verify }: TlsMaterial) {
  return {
    ...(ca ? { ca: Buffer.from(ca) } : {}),
    ...(cert ? { cert: Buffer.from(cert) } : {}),
    ...(key ? { key: Buffer.from(key) } : {}),
    rejectUnauthorized: verify,
  }
}

/** Returns the name of a server as a client sends it in TLS. It is empty for an address (RFC 6066 section 3). */
export function serverName(hostname: string): string {
  return hostname.includes(':') || canonicalIp(hostname) !== undefined ? '' : hostname
}
