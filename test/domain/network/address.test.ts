import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalIp, contains, ipBytes, isMacAddress, parseCidr } from '../../../src/domain/network/address.ts'

describe('canonicalIp', () => {
  // Expected values are docker's, of `--dns`.
  test.each([
    ['1.1.1.1', '1.1.1.1'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::1.2.3.4', '::102:304'],
    ['1:0:0:4:0:0:7:8', '1::4:0:0:7:8'],
    ['::', '::'],
  ])('returns the shortest form: %s, %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical)
  })

  test.each([
    '',
    'x',
    '01.1.1.1',
    '1.2.3',
    '300.1.1.1',
    'fe80::1%eth0',
    '1::2::3',
    ':1',
    '1:2:3:4:5:6:7',
    '12345::',
  ])('refuses %o', (text) => {
    expect(canonicalIp(text)).toBeUndefined()
  })

  test('accepts the addresses that Node accepts, and is idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const canonical = canonicalIp(text)
        expect(canonical === undefined).toBe(isIP(text) === 0)
        if (canonical !== undefined) expect(canonicalIp(canonical)).toBe(canonical)
      }),
    )
  })
})

describe('parseCidr', () => {
  // Expected values are docker's, of `network create --subnet X --gateway 10.1.0.1`.
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
  ])('refuses %o', (text) => {
    expect(() => parseCidr(text)).toThrow(`invalid CIDR address: ${text}`)
  })

  test('parses an IPv4-mapped address as IPv4', () => {
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

  test('returns whether an address has the prefix of the subnet', () => {
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

test('accepts MAC addresses in pairs and in groups of four', () => {
  const bytes = fc.constantFrom(6, 8, 20).chain((size) => fc.uint8Array({ minLength: size, maxLength: size }))
  fc.assert(
    fc.property(bytes, fc.constantFrom(':', '-'), (address, mark) => {
      const hex = Buffer.from(address).toString('hex')
      const pairs = (hex.match(/../g) ?? []).join(mark)
      expect(isMacAddress(pairs)).toBe(true)
      expect(isMacAddress((hex.match(/..../g) ?? []).join('.'))).toBe(true)
      expect(isMacAddress(`${pairs}${mark}0`)).toBe(false)
      expect(isMacAddress(pairs.slice(0, -1))).toBe(false)
    }),
  )
})
