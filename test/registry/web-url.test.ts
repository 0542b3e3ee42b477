import { describe, expect, test } from 'vitest'
import { isSameOrigin, parseTokenRealm, parseWebUrl, requirePrivate } from '../../src/registry/web-url.ts'

test.each(['http://a/', 'https://a/b?c', 'HTTPS://A/', 'http://u:p@a/'])('accepts %s', (text) => {
  expect(parseWebUrl(text).href).toBe(new URL(text).href)
})

test.each([
  ['file:///home/u/x.json', 'unsupported protocol scheme "file"'],
  ['FILE:/x', 'unsupported protocol scheme "file"'],
  [' file:///x', 'unsupported protocol scheme "file"'],
  ['data:application/json,{}', 'unsupported protocol scheme "data"'],
  ['s3://bucket/x', 'unsupported protocol scheme "s3"'],
  ['blob:http://a/x', 'unsupported protocol scheme "blob"'],
  ['unix:///x', 'unsupported protocol scheme "unix"'],
  ['ftp://a/x', 'unsupported protocol scheme "ftp"'],
  ['/token', 'unsupported protocol scheme ""'],
  ['', 'unsupported protocol scheme ""'],
  ['http://', 'parse "http://": invalid URL'],
  ['http://u:secret@[', 'parse "http://u:***@[": invalid URL'],
])('refuses %j', (text, message) => {
  expect(() => parseWebUrl(text)).toThrow(message)
})

test.each([
  [undefined, 'no realm specified for token auth challenge'],
  ['file:///x', 'Get "file:///x": unsupported protocol scheme "file"'],
])('refuses the realm %j', (realm, message) => {
  expect(() => parseTokenRealm(realm)).toThrow(message)
})

describe('isSameOrigin', () => {
  test.each([
    ['https://a/x', 'https://a:443/y', true],
    ['https://a/', 'http://a/', false],
    ['https://a/', 'https://a:8443/', false],
    ['https://a/', 'https://b.a/', false],
  ])('compares %s and %s: %j', (one, other, isSame) => {
    expect(isSameOrigin(new URL(one), new URL(other))).toBe(isSame)
  })
})

test.each([
  ['https://a/', true],
  ['http://localhost:5000/', true],
  ['http://127.1.2.3/', true],
  ['http://[::1]:1/', true],
  ['http://a/', false],
  ['http://127.0.0.1.evil.example/', false],
])('decides whether %s is private: %j', (url, isPrivate) => {
  const check = () => requirePrivate(new URL(url))
  if (isPrivate) check()
  else expect(check).toThrow(`no credentials for ${new URL(url).origin}: it has no TLS`)
})
