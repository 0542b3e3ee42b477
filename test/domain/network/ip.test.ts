import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalIp } from '../../../src/domain/network/address.ts'

describe('canonicalIp', () => {
  // docker's responses to `--dns`.
  test.each([
    ['1.1.1.1', '1.1.1.1'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['::1.2.3.4', '::102:304'],
    ['1:0:0:4:0:0:7:8', '1::4:0:0:7:8'],
    ['::', '::'],
  ])('%s is %s', (text, canonical) => {
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
  ])('%o is none', (text) => {
    expect(canonicalIp(text)).toBeUndefined()
  })

  test('it takes what Node takes, and its response is stable', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const canonical = canonicalIp(text)
        expect(canonical === undefined).toBe(isIP(text) === 0)
        if (canonical !== undefined) expect(canonicalIp(canonical)).toBe(canonical)
      }),
    )
  })
})
