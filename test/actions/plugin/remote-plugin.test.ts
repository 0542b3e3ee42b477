import { expect, test } from 'vitest'
import { describePrivileges } from '../../../src/actions/plugin/remote-plugin.ts'

const HOSTILE = [
  { Name: 'mount', Description: '', Value: ['/', '\x1b[2K\r - network: [none]'] },
  { Name: 'network', Description: '', Value: null },
]

test('the control characters in requested privileges hide nothing on a terminal', () => {
  expect(describePrivileges('a', HOSTILE, true)).toBe(
    'Plugin "a" is requesting the following privileges:\n - mount: [/ \\x1b[2K\\x0d - network: [none]]\n - network: []\n',
  )
})

test('requested privileges keep their bytes elsewhere', () => {
  expect(describePrivileges('a', HOSTILE, false)).toBe(
    'Plugin "a" is requesting the following privileges:\n - mount: [/ \x1b[2K\r - network: [none]]\n - network: []\n',
  )
})
