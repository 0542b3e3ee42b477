import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength, byteSlice, fromBytes, toBytes } from '../../../src/domain/go/bytes.ts'

const text = fc.string({ unit: 'grapheme' })

test('any bytes survive being text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes)
    }),
  )
})

test('the two parts of a cut text are the text, wherever the cut goes', () => {
  fc.assert(
    fc.property(text, fc.nat(30), (whole, at) => {
      const length = byteLength(whole)
      const cut = Math.min(at, length)
      const parts = [byteSlice(whole, 0, cut), byteSlice(whole, cut, length)]
      expect(parts.map(byteLength)).toEqual([cut, length - cut])
      expect(fromBytes(Uint8Array.from(parts.flatMap((part) => [...toBytes(part)])))).toBe(whole)
    }),
  )
})
