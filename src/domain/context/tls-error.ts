import { codeOf, messageOf } from '../errors.ts'

/** A TLS failure: Go's message and a hint. */
export interface TlsFailure {
  readonly reason: string
  readonly hint: string
}

/** The error codes for a certificate whose CA is unknown. */
const UNKNOWN_AUTHORITY_CODES = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
])

/** The messages of Node and of Bun's `fetch` for a response that is not TLS. */
const NOT_TLS = /wrong version number|Does the server speak TLS/

const UNVERIFIED = 'tls: failed to verify certificate: x509:'

/**
 * Recognizes a TLS error by the codes of Node's OpenSSL and Bun's BoringSSL.
 * @returns undefined for other errors
 */
export function tlsFailure(error: unknown, hostname: string): TlsFailure | undefined {
  const code = codeOf(error) ?? ''
  if (UNKNOWN_AUTHORITY_CODES.has(code)) {
    return {
      reason: `${UNVERIFIED} certificate signed by unknown authority`,
      hint: "name the CA that signed the daemon's certificate: ca.pem in DOCKER_CERT_PATH, or --tlscacert",
    }
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return {
      reason: `${UNVERIFIED} certificate has expired or is not yet valid`,
      hint: "renew the daemon's certificate, and check the clocks of both machines",
    }
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return { reason: `${UNVERIFIED} ${nameMismatch(error, hostname)}`, hint: 'use a name that the certificate has' }
  }
  if (/ALERT_(CERTIFICATE_REQUIRED|BAD_CERTIFICATE|HANDSHAKE_FAILURE)$/.test(code)) {
    return {
      reason: `remote error: tls: ${code
        .replace(/^.*ALERT_/, '')
        .replaceAll('_', ' ')
        .toLowerCase()}`,
      hint: 'the daemon wants a certificate of yours: cert.pem and key.pem in DOCKER_CERT_PATH, or --tlscert and --tlskey',
    }
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || (code === 'EPROTO' && NOT_TLS.test(messageOf(error)))) {
    return {
      reason: 'http: server gave HTTP response to HTTPS client',
      hint: 'the daemon speaks plain HTTP there: leave --tls and DOCKER_TLS_VERIFY off, or use its TLS port',
    }
  }
  return undefined
}

/**
 * Returns Go's message about a wrong name. It lists the certificate's addresses or names, whichever the hostname is.
 */
function nameMismatch(error: unknown, hostname: string): string {
  const isAddress = /^[\d.]+$|:/.test(hostname)
  const kind = isAddress ? 'IP Address:' : 'DNS:'
  const names = alternativeNames(error)
    .filter((name) => name.startsWith(kind))
    .map((name) => name.slice(kind.length))
  if (names.length > 0) return `certificate is valid for ${names.join(', ')}, not ${hostname}`
  if (isAddress) return `cannot validate certificate for ${hostname} because it doesn't contain any IP SANs`
  return `certificate is not valid for any names, but wanted to match ${hostname}`
}

/** Returns the certificate's alternative names: `IP Address:127.0.0.1`, `DNS:localhost`. */
function alternativeNames(error: unknown): string[] {
  if (!(error instanceof Error) || !('cert' in error) || typeof error.cert !== 'object' || error.cert === null)
    return []
  const { cert } = error
  return 'subjectaltname' in cert && typeof cert.subjectaltname === 'string' ? cert.subjectaltname.split(', ') : []
}
