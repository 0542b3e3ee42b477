import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INDEX_SERVER, registryHostname, searchAuthKey } from '../../../src/domain/registry/registry.ts'

// The keys under which docker login 28.2.2 stores credentials (the parity group login has the whole commands).
test.each([
  ['example.com', 'example.com'],
  ['EXAMPLE.com', 'EXAMPLE.com'],
  ['https://example.com/v2/', 'example.com'],
  ['HTTPS://example.com', 'example.com'],
  ['ftp://example.com', 'example.com'],
  ['http://example.com:5000/x', 'example.com:5000'],
  ['https://user:pass@example.com/v2/', 'example.com'],
  ['https://a@b@example.com', 'example.com'],
  ['localhost:5000', 'localhost:5000'],
  ['[::1]:5000', '[::1]:5000'],
  ['https://[::1]:5000/v2/', '[::1]:5000'],
  ['https://[::1]/v2/', '::1'],
  ['https://example.com:/x', 'example.com'],
  ['https://example.com:port/x', 'https:'],
  ['//example.com/x', ''],
  ['https://', 'https:'],
  ['/', ''],
])('returns the host of %s: %s', (address, host) => {
  expect(registryHostname(address)).toBe(host)
})

describe('registryHostname', () => {
  test('returns the host without the path, and is idempotent', () => {
    const host = fc.stringMatching(/^[a-z][a-z0-9]{0,8}\.[a-z]{2,4}(:[1-9][0-9]{1,3})?$/)
    const rest = fc.stringMatching(/^([/?#][a-zA-Z0-9/?#:@._-]{0,12})?$/)
    fc.assert(
      fc.property(fc.constantFrom('http', 'https', 'ftp'), host, rest, (scheme, name, path) => {
        expect(registryHostname(`${scheme}://${name}${path}`)).toBe(name)
        expect(registryHostname(name)).toBe(name)
      }),
    )
  })
})

// The credentials that docker search 28.2.2 sends (the parity group search has the whole commands).
test.each([
  ['busybox', INDEX_SERVER],
  ['team/busybox', INDEX_SERVER],
  ['docker.io/busybox', INDEX_SERVER],
  ['index.docker.io/busybox', INDEX_SERVER],
  ['example.com/team/busybox', 'example.com'],
  ['127.0.0.1:5000/busybox', '127.0.0.1:5000'],
  ['localhost/busybox', 'localhost'],
])('search %s uses the credentials of %s', (term, server) => {
  expect(searchAuthKey(term)).toBe(server)
})
