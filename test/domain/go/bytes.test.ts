import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteLength, byteSlice, fromBytes, toBytes } from '../../../src/domain/go/bytes.ts'

const text = fc.string({ unit: 'grapheme' })

test('preserves any bytes as text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBytes(fromBytes(bytes))).toEqual(bytes)
    }),
  )
})

test('slices text into two parts that give the text again', () => {
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
