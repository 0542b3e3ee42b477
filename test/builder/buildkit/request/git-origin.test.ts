import fc from 'fast-check'
import { expect, test } from 'vitest'
import { removeUser } from '../../../../src/builder/buildkit/request/git-origin.ts'

test.each([
  ['https://user:secret@example.com/a.git', 'https://example.com/a.git'],
  ['https://token@example.com:8443/a.git?b=c', 'https://example.com:8443/a.git?b=c'],
  ['HTTPS://u:p@w@[::1]/a', 'https://[::1]/a'],
  ['ssh://git@example.com/a.git', 'ssh://example.com/a.git'],
  ['https://example.com/@scope/a.git', 'https://example.com/@scope/a.git'],
  ['git@example.com:a/b.git', 'git@example.com:a/b.git'],
  ['/srv/a@b.git', '/srv/a@b.git'],
  ['', ''],
])('removes the user name and password from %s: %s', (address, expected) => {
  expect(removeUser(address)).toBe(expected)
})

test('the password is removed, whatever it contains', () => {
  const password = fc.string({ minLength: 1 }).filter((text) => !/[/?#]/.test(text))
  fc.assert(
    fc.property(password, (text) => {
      expect(removeUser(`https://user:${text}@example.com/a.git`)).toBe('https://example.com/a.git')
    }),
  )
})
