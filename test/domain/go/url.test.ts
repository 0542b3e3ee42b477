import { describe, expect, it } from 'vitest'
import { parseGoUrl, splitHost, withoutPassword } from '../../../src/domain/go/url.ts'

describe('a URL', () => {
  it.each([
    ['ssh://u@h:22/a%20b?q#f', { scheme: 'ssh', host: 'h:22', path: '/a b', query: 'q', fragment: 'f' }],
    ['SSH://h', { scheme: 'ssh', host: 'h', path: '', query: '', fragment: '' }],
    ['tcp://[fe80::1%25lo]:1', { scheme: 'tcp', host: '[fe80::1%lo]:1', path: '' }],
    ['ssh:h', { scheme: 'ssh', host: '', path: '' }],
    ['//h/x', { scheme: '', host: 'h', path: '/x' }],
    ['///x', { scheme: '', host: '', path: '///x' }],
    ['/x/%C3%A9', { scheme: '', host: '', path: '/x/é' }],
    ['ssh://é', { scheme: 'ssh', host: 'é' }],
  ])('is taken apart as Go does: %s', (text, expected) => {
    expect(parseGoUrl(text)).toMatchObject(expected)
  })

  it('has a user, and says whether there is a password', () => {
    expect(parseGoUrl('ssh://h').user).toBeUndefined()
    expect(parseGoUrl('ssh://u%40v@h').user).toEqual({ name: 'u@v', hasPassword: false })
    expect(parseGoUrl('ssh://u:@h').user).toEqual({ name: 'u', hasPassword: true })
  })

  it.each([
    ['tcp://h:x', 'parse "tcp://h:x": invalid port ":x" after host'],
    ['tcp://[::1', 'parse "tcp://[::1": missing \']\' in host'],
    ['tcp://a b', 'parse "tcp://a b": invalid character " " in host name'],
    ['tcp://%31', 'parse "tcp://%31": invalid URL escape "%31"'],
    ['tcp://h/%zz', 'parse "tcp://h/%zz": invalid URL escape "%zz"'],
    ['tcp://h/%', 'parse "tcp://h/%": invalid URL escape "%"'],
    ['tcp://h\n', 'parse "tcp://h\\n": net/url: invalid control character in URL'],
    ['127.0.0.1:1', 'parse "127.0.0.1:1": first path segment in URL cannot contain colon'],
    [':x', 'parse ":x": missing protocol scheme'],
    ['ssh://u x@h', 'parse "ssh://u x@h": net/url: invalid userinfo'],
  ])('is refused in Go’s words: %s', (text, message) => {
    expect(() => parseGoUrl(text)).toThrow(message)
  })

  it.each([
    'tcp://u:secret@h:x',
    'tcp://u:secret#@h',
    'tcp://u:secret/@h',
    'tcp://u:secret?@h',
    'tcp://u:secret%zz@h',
    'tcp://u:secret @h',
    'tcp://u:secret\n@h',
    'tcp://u:se@secret@h:x',
  ])('is refused without its password: %s', (text) => {
    expect(() => parseGoUrl(text)).toThrow('***@h')
    expect(() => parseGoUrl(text)).not.toThrow('secret')
  })
})

it.each([
  ['tcp://u:secret@h/x', 'tcp://u:***@h/x'],
  ['u:secret@h', 'u:***@h'],
  ['tcp://u@h', 'tcp://u@h'],
  ['tcp://h:1/a', 'tcp://h:1/a'],
  ['ssh://u x@h', 'ssh://u x@h'],
])('%s is shown as %s', (url, shown) => {
  expect(withoutPassword(url)).toBe(shown)
})

it.each([
  ['h', 'h', ''],
  ['h:', 'h', ''],
  ['h:1', 'h', '1'],
  ['[::1]', '::1', ''],
  ['[::1]:22', '::1', '22'],
])('%s is the host %s and the port "%s"', (host, hostname, port) => {
  expect(splitHost(host)).toEqual({ hostname, port })
})
