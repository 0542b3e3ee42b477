/** Checks the certificates and key of a connection to a daemon. */
import type { TlsMaterial } from '../domain/context/endpoint.ts'

/** The contents of the TLS files; undefined for a file that does not exist. */
export interface TlsFileContents {
  readonly ca?: Uint8Array | undefined
  readonly cert?: Uint8Array | undefined
  readonly key?: Uint8Array | undefined
}

const ENCRYPTED =
  'private key is encrypted - support for encrypted private keys has been removed, see https://docs.docker.com/go/deprecated/'

/**
 * Converts TLS files to the settings of a connection. Anything but certificates is removed from the CA file, and a
 * certificate without a key, or a key without a certificate, is ignored (docker/cli cli/context/docker, tlsConfig).
 * @throws Error with docker's message if they cannot be used
 */
export function toTlsMaterial({ ca, cert, key }: TlsFileContents, verify: boolean): TlsMaterial {
  const trusted = ca && parseCertificates(ca)
  if (trusted?.length === 0) throw tlsInfoError('ca.pem seems invalid')
  if (cert !== undefined && key !== undefined) checkKeyPair(cert, key)
  return {
    ...(trusted ? { ca: Buffer.from(trusted.join('\n')) } : {}),
    ...(cert && key ? { cert, key } : {}),
    verify,
  }
}

interface PemBlock {
  readonly type: string
  readonly text: string
}

function parsePemBlocks(bytes: Uint8Array): PemBlock[] {
  const matches = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/-----BEGIN ([^\r\n-]*)-----[\s\S]*?-----END \1-----/g)
  return [...matches].map(([text, type = '']) => ({ type, text }))
}

function parseCertificates(bytes: Uint8Array): string[] {
  return parsePemBlocks(bytes)
    .filter(({ type, text }) => type === 'CERTIFICATE' && isCertificate(text))
    .map(({ text }) => text)
}

function isCertificate(pem: string): boolean {
  try {
    ;new (crypto().X509Certificate)(pem)
    return true
  } catch {
    return false
  }
}

/** Checks a certificate and its key as Go's tls.X509KeyPair does. @throws Error with Go's message */
function checkKeyPair(certBytes: Uint8Array, keyBytes: Uint8Array): void {
  const [certs, keys] = [parsePemBlocks(certBytes), parsePemBlocks(keyBytes)]
  const [first] = keys
  if (first === undefined) throw new Error('no valid private key found')
  if (/^DEK-Info:/m.test(first.text)) throw new Error(ENCRYPTED)
  const cert = certs.find(({ type }) => type === 'CERTIFICATE')
  if (cert === undefined) throw tlsInfoError(describeMissingCertificate(certs))
  const key = keys.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))
  if (key === undefined) throw tlsInfoError(describeMissingKey(keys))
  if (!isCertificate(cert.text)) throw tlsInfoError('x509: malformed certificate')
  const { createPrivateKey, createPublicKey, X509Certificate } = crypto()
  const [privateKey, certificate] = [parsePrivateKey(key.text, createPrivateKey), new X509Certificate(cert.text)]
  if (privateKey.asymmetricKeyType !== certificate.publicKey.asymmetricKeyType) {
    throw tlsInfoError('tls: private key type does not match public key type')
  }
  const spki = { format: 'der', type: 'spki' } as const
  if (!createPublicKey(key.text).export(spki).equals(certificate.publicKey.export(spki))) {
    throw tlsInfoError('tls: private key does not match public key')
  }
}

function parsePrivateKey(pem: string, createPrivateKey: typeof import('node:crypto').createPrivateKey) {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw tlsInfoError('tls: failed to parse private key', error)
  }
}

function describeMissingCertificate(blocks: readonly PemBlock[]): string {
  const types = blocks.map(({ type }) => type)
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input'
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY')) {
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
  }
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`
}

function describeMissingKey(blocks: readonly PemBlock[]): string {
  const types = blocks.map(({ type }) => type)
  if (types.length === 1 && types[0] === 'CERTIFICATE') {
    return 'tls: found a certificate rather than a key in the PEM for the private key'
  }
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`
}

function tlsInfoError(reason: string, cause?: unknown): Error {
  return new Error(`failed to retrieve context tls info: ${reason}`, { cause })
}

/** Loads node:crypto when it is first used, because only connections with TLS need it. */
function crypto() {
  return process.getBuiltinModule('node:crypto')
}
