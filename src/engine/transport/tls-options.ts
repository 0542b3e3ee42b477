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

/** Returns the server name that a client sends in TLS; empty for an IP address, which is not allowed (RFC 6066 section 3). */
export function serverName(hostname: string): string {
  return hostname.includes(':') || canonicalIp(hostname) !== undefined ? '' : hostname
}
