import { expect, test } from 'vitest'
import { parseListenAddress } from '../../../src/domain/swarm/listen-address.ts'

const USUAL = '0.0.0.0:2377'

// What docker 28.2 sends for each.
test.each([
  ['127.0.0.1:2400', '127.0.0.1:2400'],
  ['127.0.0.1', '127.0.0.1:2377'],
  [':4000', '0.0.0.0:4000'],
  ['[::1]:99', '[::1]:99'],
  ['::1', '[::1]:2377'],
  ['eth0', 'eth0:2377'],
  ['tcp://1.2.3.4', '1.2.3.4:2377'],
  ['1.2.3.4:', '1.2.3.4:2377'],
  ['1.2.3.4/x', '1.2.3.4:2377/x'],
  ['user@h:1', 'h:1'],
  ['h?x', 'h:2377'],
  ['tcp://', USUAL],
  ['', USUAL],
])('parses %j as %s', (typed, address) => {
  expect(parseListenAddress(typed, USUAL)).toBe(address)
})

test('takes missing parts from the default address', () => {
  expect(parseListenAddress(':6', '1.2.3.4:5')).toBe('1.2.3.4:6')
})

test.each([
  ['udp://x', 'invalid proto, expected tcp: udp://x'],
  ['a:b:c', 'parse "tcp://a:b:c": invalid port ":c" after host'],
  ['1.2.3.4:port', 'parse "tcp://1.2.3.4:port": invalid port ":port" after host'],
  ['[::1]', 'invalid bind address format: [::1]'],
  ['[::1', 'parse "tcp://[::1": missing \']\' in host'],
  ['a b', 'parse "tcp://a b": invalid character " " in host name'],
])('refuses %j', (typed, reason) => {
  expect(() => parseListenAddress(typed, USUAL)).toThrow(new Error(reason))
})
