import { codeOf, messageOf } from '../errors.ts'

/** A TLS failure: Go's message and a hint. */
export interface TlsFailure {
  readonly reason: string
  readonly hint: string
}

/** The error codes for a certificate whose CA is unknown. */
const UNKNOWN_AUTHORITY_CODES = [
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]

/** The messages of Node and of Bun's `fetch` for a response that is not TLS. */
const NOT_TLS = /wrong version number|Does the server speak TLS/

/** The code of an error for a server whose first bytes are neither TLS nor HTTP. Neither runtime has one. */
export const NO_TLS_RECORD = 'ERR_NO_TLS_RECORD'

/** Go's texts for the alerts with which a server ends a handshake (crypto/tls alert.go), by their numbers in TLS. */
const ALERTS: Readonly<Record<number, string>> = {
  10: 'unexpected message',
  20: 'bad record MAC',
  21: 'decryption failed',
  22: 'record overflow',
  30: 'decompression failure',
  40: 'handshake failure',
  42: 'bad certificate',
  43: 'unsupported certificate',
  44: 'revoked certificate',
  45: 'expired certificate',
  46: 'unknown certificate',
  47: 'illegal parameter',
  48: 'unknown certificate authority',
  49: 'access denied',
  50: 'error decoding message',
  51: 'error decrypting message',
  60: 'export restriction',
  70: 'protocol version not supported',
  71: 'insufficient security level',
  80: 'internal error',
  86: 'inappropriate fallback',
  90: 'user canceled',
  100: 'no renegotiation',
  109: 'missing extension',
  110: 'unsupported extension',
  111: 'certificate unobtainable',
  112: 'unrecognized name',
  113: 'bad certificate status response',
  114: 'bad certificate hash value',
  115: 'unknown PSK identity',
  116: 'certificate required',
  120: 'no application protocol',
  121: 'encrypted client hello required',
}

/** The alerts of servers that want a client certificate. */
const CERTIFICATE_ALERTS = [40, 42, 116]

const UNVERIFIED = 'tls: failed to verify certificate: x509:'

/**
 * Recognizes a TLS error by the codes of Node's OpenSSL and Bun's BoringSSL.
 * @returns undefined for other errors
 */
export function tlsFailure(error: unknown, hostname: string): TlsFailure | undefined {
  const code = codeOf(error) ?? ''
  if (UNKNOWN_AUTHORITY_CODES.includes(code)) {
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
  const alert = alertIn(messageOf(error))
  if (alert !== undefined) {
    return {
      reason: `remote error: tls: ${ALERTS[alert] ?? `alert(${alert})`}`,
      hint: CERTIFICATE_ALERTS.includes(alert)
        ? 'the daemon wants a certificate of yours: cert.pem and key.pem in DOCKER_CERT_PATH, or --tlscert and --tlskey'
        : 'the daemon refused the TLS handshake: its log says why',
    }
  }
  if (code === NO_TLS_RECORD) {
    return {
      reason: 'tls: first record does not look like a TLS handshake',
      hint: 'the server speaks neither TLS nor HTTP there: use its TLS port',
    }
  }
  if (isNotTls(error)) {
    return {
      reason: 'http: server gave HTTP response to HTTPS client',
      hint: 'the daemon speaks plain HTTP there: leave --tls and DOCKER_TLS_VERIFY off, or use its TLS port',
    }
  }
  return undefined
}

/** Whether an error says that the server's first record is not TLS, without saying what it is. */
export function isNotTls(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'ERR_SSL_WRONG_VERSION_NUMBER' || (code === 'EPROTO' && NOT_TLS.test(messageOf(error)))
}

/** Returns the number of the TLS alert in an error. OpenSSL and BoringSSL number the reasons of alerts from 1000 on. */
function alertIn(message: string): number | undefined {
  const [, digits = ''] = /error:[\da-f]{2}([\da-f]{6}):SSL/i.exec(message) ?? []
  const alert = Number.parseInt(digits, 16) - 1000
  return alert >= 0 && alert < 256 ? alert : undefined
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
