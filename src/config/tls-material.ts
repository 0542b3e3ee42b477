import type { TlsMaterial } from '../domain/context/endpoint.ts'

/** Certificates and key as they were read; unset for a file that is not there. */
export interface TlsFileContents {
  readonly ca?: Uint8Array | undefined
  readonly cert?: Uint8Array | undefined
  readonly key?: Uint8Array | undefined
}

const ENCRYPTED =
  'private key is encrypted - support for encrypted private keys has been removed, see https://docs.docker.com/go/deprecated/'

/**
 * Certificates and key as a connection takes them: what is no certificate is left out of the CA's file, and a
 * certificate without its key, or a key alone, is not used (docker/cli cli/context/docker, tlsConfig).
 * @throws Error in docker's words where they cannot be used
 */
export function usableTls({ ca, cert, key }: TlsFileContents, verify: boolean): TlsMaterial {
  const trusted = ca && certificatesIn(ca)
  if (trusted?.length === 0) throw failure('ca.pem seems invalid')
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

function blocksIn(bytes: Uint8Array): PemBlock[] {
  const found = Buffer.from(bytes)
    .toString('latin1')
    .matchAll(/-----BEGIN ([^\r\n-]*)-----[\s\S]*?-----END \1-----/g)
  return [...found].map(([text, type = '']) => ({ type, text }))
}

function certificatesIn(bytes: Uint8Array): string[] {
  return blocksIn(bytes)
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

/** As Go's tls.X509KeyPair checks them. @throws Error in its words */
function checkKeyPair(certBytes: Uint8Array, keyBytes: Uint8Array): void {
  const [certs, keys] = [blocksIn(certBytes), blocksIn(keyBytes)]
  const [first] = keys
  if (first === undefined) throw new Error('no valid private key found')
  if (/^DEK-Info:/m.test(first.text)) throw new Error(ENCRYPTED)
  const cert = certs.find(({ type }) => type === 'CERTIFICATE')
  if (cert === undefined) throw failure(noCertificate(certs))
  const key = keys.find(({ type }) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY'))
  if (key === undefined) throw failure(noKey(keys))
  if (!isCertificate(cert.text)) throw failure('x509: malformed certificate')
  const { createPrivateKey, createPublicKey, X509Certificate } = crypto()
  const [made, certificate] = [privateKeyFrom(key.text, createPrivateKey), new X509Certificate(cert.text)]
  if (made.asymmetricKeyType !== certificate.publicKey.asymmetricKeyType) {
    throw failure('tls: private key type does not match public key type')
  }
  const spki = { format: 'der', type: 'spki' } as const
  if (!createPublicKey(key.text).export(spki).equals(certificate.publicKey.export(spki))) {
    throw failure('tls: private key does not match public key')
  }
}

function privateKeyFrom(pem: string, createPrivateKey: typeof import('node:crypto').createPrivateKey) {
  try {
    return createPrivateKey(pem)
  } catch (error) {
    throw failure('tls: failed to parse private key', error)
  }
}

function noCertificate(blocks: readonly PemBlock[]): string {
  const types = blocks.map(({ type }) => type)
  if (types.length === 0) return 'tls: failed to find any PEM data in certificate input'
  if (types.length === 1 && types[0]?.endsWith('PRIVATE KEY')) {
    return 'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched'
  }
  return `tls: failed to find "CERTIFICATE" PEM block in certificate input after skipping PEM blocks of the following types: [${types.join(' ')}]`
}

function noKey(blocks: readonly PemBlock[]): string {
  const types = blocks.map(({ type }) => type)
  if (types.length === 1 && types[0] === 'CERTIFICATE') {
    return 'tls: found a certificate rather than a key in the PEM for the private key'
  }
  return `tls: failed to find PEM block with type ending in "PRIVATE KEY" in key input after skipping PEM blocks of the following types: [${types.join(' ')}]`
}

function failure(reason: string, cause?: unknown): Error {
  return new Error(`failed to retrieve context tls info: ${reason}`, { cause })
}

/** Loaded for connections by TLS alone. */
function crypto() {
  return process.getBuiltinModule('node:crypto')
}
