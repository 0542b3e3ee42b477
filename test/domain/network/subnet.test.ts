import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contains, ipBytes, parseCidr } from '../../../src/domain/network/address.ts'

describe('parseCidr', () => {
  // docker's responses to `network create --subnet X --gateway 10.1.0.1`.
  test.each([
    '',
    'x',
    '10.1.0.0',
    '10.1.0.0/',
    '10.1.0.0/33',
    '10.1.0.0/-1',
    '10.1.0.0/+8',
    '10.1/16',
    'fd00::/129',
  ])('%o is none', (text) => {
    expect(() => parseCidr(text)).toThrow(`invalid CIDR address: ${text}`)
  })

  test('an IPv4 address that is written as an IPv6 one counts as IPv4', () => {
    expect(parseCidr('::ffff:10.1.0.0/112')).toEqual({ address: [10, 1, 0, 0], prefix: 16 })
  })
})

describe('contains', () => {
  test.each([
    ['10.1.0.0/16', '10.1.255.255', true],
    ['10.1.0.0/16', '10.2.0.0', false],
    ['10.1.2.3/16', '10.1.9.9', true],
    ['10.1.0.0/31', '10.1.0.1', true],
    ['10.1.0.0/31', '10.1.0.2', false],
    ['0.0.0.0/0', '255.1.2.3', true],
    ['::/0', '1.2.3.4', false],
    ['fd00::/9', 'fd7f::1', true],
    ['fd00::/9', 'fd80::1', false],
  ])('%s, %s: %o', (subnet, address, expected) => {
    expect(contains(parseCidr(subnet), ipBytes(address) ?? [])).toBe(expected)
  })

  test('a subnet contains what shares its first bits, and nothing else', () => {
    const bits = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(2).padStart(8, '0')).join('')
    const address = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (subnet, other, prefix) => {
        const isInside = bits(subnet).slice(0, prefix) === bits(other).slice(0, prefix)
        expect(contains(parseCidr(`${subnet.join('.')}/${prefix}`), other)).toBe(isInside)
      }),
    )
  })
})
