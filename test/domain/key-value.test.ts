import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyValueMap, splitKeyValue } from '../../src/domain/key-value.ts'
import { lineOfText, lowerCaseWord } from '../support/typed-text.ts'

test('keeps every key of a map, whatever its name', () => {
  const key = fc.oneof(fc.constantFrom('__proto__', 'constructor'), lowerCaseWord(6))
  fc.assert(
    fc.property(fc.array(fc.tuple(key, lineOfText)), (pairs) => {
      const map = keyValueMap(pairs.map(([name, value]) => `${name}=${value}`))
      expect(Object.entries(map).sort()).toEqual([...new Map(pairs)].sort())
    }),
  )
})

test('splits at the first equals sign', () => {
  fc.assert(
    fc.property(lineOfText, (text) => {
      const { key, value } = splitKeyValue(text)
      expect(value === undefined ? key : `${key}=${value}`).toBe(text)
      expect(key).not.toContain('=')
    }),
  )
})
