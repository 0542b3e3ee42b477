import { expect, test } from 'vitest'
import { parseArgv } from '../../../src/cli/argv/argv.ts'
import { waitFlags, waitLimit } from '../../../src/flags/container/wait.ts'

function limitOf(...argv: string[]) {
  const { flags, typedFlags } = parseArgv(argv, waitFlags)
  return waitLimit(flags, typedFlags)
}

test.each([
  ['30', { milliseconds: 30_000, text: '30s' }],
  ['1m30s', { milliseconds: 90_000, text: '1m30s' }],
  ['0.5ms', { milliseconds: 1, text: '500µs' }],
  ['0', undefined],
  ['0s', undefined],
])('reads --wait-timeout %s', (typed, limit) => {
  expect(limitOf('--wait', '--wait-timeout', typed)).toEqual(limit)
})

test('has no limit without --wait-timeout', () => {
  expect(limitOf('--wait')).toBeUndefined()
  expect(limitOf()).toBeUndefined()
})

test.each(['-1s', '-1', 'soon', '', '1.5', '99999999999999999999'])('refuses --wait-timeout %j', (typed) => {
  expect(() => limitOf('--wait', '--wait-timeout', typed)).toThrow('invalid argument')
})

test('refuses --wait-timeout without --wait', () => {
  expect(() => limitOf('--wait-timeout', '3')).toThrow('--wait-timeout needs --wait')
})
