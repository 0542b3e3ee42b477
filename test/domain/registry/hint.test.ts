import { expect, test } from 'vitest'
import { registryHint } from '../../../src/domain/registry/hint.ts'

// The reasons are messages of engines 20.10 and 26.1 about real registries.
test.each([
  ['no basic auth credentials', "log in with 'tug login reg:5000'"],
  ['denied: requested access to the resource is denied', "log in with 'tug login reg:5000'"],
  ['login attempt to https://reg:5000/v2/ failed with status: 401 Unauthorized', "log in with 'tug login reg:5000'"],
  ['toomanyrequests: slow down', 'reg:5000 limits the number of requests'],
  ['Get "https://reg:5000/v2/": x509: certificate signed by unknown authority', '/etc/docker/certs.d/reg:5000/ca.crt'],
  ['Get "https://reg:5000/v2/": x509: certificate has expired or is not yet valid', 'the certificate of reg:5000'],
  ['Get "http://reg:5000/v2/": dial tcp 127.0.0.1:5000: connect: connection refused', 'cannot reach reg:5000'],
  ['received unexpected HTTP status: 500 Internal Server Error', 'reg:5000 failed'],
  ['unexpected EOF', 'reg:5000 failed'],
  ['manifest for reg:5000/a:latest not found: manifest unknown', ''],
])('gives a hint for: %s', (reason, expected) => {
  const hint = registryHint('reg:5000', reason, 'tug')
  if (expected === '') expect(hint).toBe('')
  else expect(hint).toContain(expected)
})

test('names Docker Hub, and logs in to it without an operand', () => {
  expect(registryHint('docker.io', 'denied', 'tug')).toMatch(/^Docker Hub .*'tug login'$/)
})
