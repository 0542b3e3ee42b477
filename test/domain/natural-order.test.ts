import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareNaturally } from '../../src/domain/natural-order.ts'

describe('compareNaturally', () => {
  // Expected values are docker's, of `docker port`.
  test.each([
    [
      ['80/tcp', '9/tcp', '443/tcp'],
      ['9/tcp', '80/tcp', '443/tcp'],
    ],
    [
      ['a10', 'a9', 'a1', 'a'],
      ['a', 'a1', 'a9', 'a10'],
    ],
    [
      ['080/tcp', '80/tcp', '0080/tcp'],
      ['80/tcp', '080/tcp', '0080/tcp'],
    ],
    [
      ['[::]:1', '0.0.0.0:1', ':1'],
      ['0.0.0.0:1', ':1', '[::]:1'],
    ],
    [
      ['10.0.0.10:1', '10.0.0.9:2'],
      ['10.0.0.9:2', '10.0.0.10:1'],
    ],
    [
      ['a-1', 'a1', 'a/1', 'ab'],
      ['a1', 'a-1', 'a/1', 'ab'],
    ],
    [
      ['é', 'z', '😀', '\uffff'],
      ['z', 'é', '\uffff', '😀'],
    ],
    [
      ['99999999999999999999', '100000000000000000000'],
      ['99999999999999999999', '100000000000000000000'],
    ],
  ])('sorts %j', (texts, sorted) => {
    expect(texts.toSorted(compareNaturally)).toEqual(sorted)
  })

  test('is an order: antisymmetric, and 0 for equal texts only', () => {
    const text = fc.string({ unit: fc.constantFrom('0', '1', '10', 'a', '/', 'é', '😀') })
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareNaturally(a, b))).toBe(-Math.sign(compareNaturally(b, a)) + 0)
        expect(compareNaturally(a, b) === 0).toBe(a === b)
      }),
    )
  })
})
