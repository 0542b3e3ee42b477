import { describe, expect, test } from 'vitest'
import { parseGoFloat32 } from '../../../src/domain/go/float.ts'

describe('parseGoFloat32', () => {
  test.each([
    ['0.1', 0.1],
    ['.25', 0.25],
    ['1e-3', 0.001],
    ['0x1p-2', 0.25],
    ['-0x.8p1', -1],
    ['16777217', 16_777_216],
  ])('parses %s as %d', (typed, ratio) => {
    expect(parseGoFloat32(typed)).toBe(ratio)
  })

  test.each(['', 'x', '1,5', '0x1', '.', 'e5'])('refuses %j', (typed) => {
    expect(() => parseGoFloat32(typed)).toThrow('invalid syntax')
  })
})
