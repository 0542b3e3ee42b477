import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { messageOf } from '../../src/domain/errors.ts'

function failureOf(call: () => unknown): unknown {
  try {
    call()
  } catch (error) {
    return error
  }
  throw new Error('the call did not fail')
}

// The messages are those of Go's package os.
test.each([
  [() => lstatSync('/none/x'), 'lstat /none/x: no such file or directory'],
  [() => readFileSync('/none/x'), 'open /none/x: no such file or directory'],
  [() => readdirSync('/none/x'), 'open /none/x: no such file or directory'],
  [() => readFileSync('/etc/passwd/x'), 'open /etc/passwd/x: not a directory'],
  [() => readFileSync('/'), 'read: is a directory'],
])('words the failed system call %s as Go does', (call, message) => {
  expect(messageOf(failureOf(call))).toBe(message)
})

test('leaves other messages as they are', () => {
  expect(messageOf(new Error('EOF: x'))).toBe('EOF: x')
  expect(messageOf('text')).toBe('text')
})
