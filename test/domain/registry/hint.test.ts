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
  ['manifest for reg:5000/a:latest not found: manifest unknown', 'reg:5000 has no such image or tag'],
  [
    "pull access denied for reg:5000/a, repository does not exist or may require 'docker login': denied",
    "reg:5000 has no image of that name, or shows it only to some: check the name, or log in with 'tug login reg:5000'",
  ],
  ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'not made for this platform'],
  ['no match for platform in manifest: not found', 'not made for this platform'],
  ['Get "https://reg:5000/v2/": http: server gave HTTP response to HTTPS client', '"insecure-registries"'],
  ['the layers already exist', ''],
])('gives a hint for: %s', (reason, expected) => {
  const hint = registryHint('reg:5000', reason, 'tug')
  if (expected === '') expect(hint).toBe('')
  else expect(hint).toContain(expected)
})

test('names what to check where Docker Hub cannot be reached', () => {
  const reason = 'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host'
  expect(registryHint('docker.io', reason, 'tug')).toContain("check the daemon's network, DNS and proxy")
})

test('says under which name Docker Hub takes an image', () => {
  expect(registryHint('docker.io', 'denied: requested access to the resource is denied', 'tug')).toContain(
    'ACCOUNT/IMAGE',
  )
})

test('names Docker Hub, and logs in to it without an operand', () => {
  expect(registryHint('docker.io', 'denied', 'tug')).toMatch(/^Docker Hub .*'tug login'$/)
})
