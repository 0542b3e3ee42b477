import { expect, test } from 'vitest'
import { isDigest, isRegistryUnreachable } from '../../../src/domain/image/tag-state.ts'

test.each([
  ['Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host', true],
  ['Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused', true],
  ['Get "https://r.example/v2/": net/http: TLS handshake timeout', true],
  ['Get "https://r.example/v2/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)', true],
  ['Get "https://r.example/v2/": x509: certificate signed by unknown authority', true],
  ['manifest unknown: manifest unknown', false],
  ['denied: requested access to the resource is denied', false],
  ['received unexpected HTTP status: 500 Internal Server Error', false],
])('tells a registry that cannot be reached from one that refuses an image: %s', (message, isUnreachable) => {
  expect(isRegistryUnreachable(message)).toBe(isUnreachable)
})

test.each([
  [`sha256:${'a'.repeat(64)}`, true],
  ['', false],
  ['sha256:short', false],
  [`sha256:${'a'.repeat(64)}\x1b[2J`, false],
  [`sha256:${'a'.repeat(5000)}`, false],
])('accepts only digests that can be printed: %j', (text, isValid) => {
  expect(isDigest(text)).toBe(isValid)
})
