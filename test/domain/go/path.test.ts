import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanPath } from '../../../src/domain/go/path.ts'

test('removes dots and repeated slashes', () => {
  const messy = fc
    .array(fc.constantFrom('a', 'b', '.', '..', '', 'c d'), { maxLength: 8 })
    .map((parts) => parts.join('/'))
  fc.assert(
    fc.property(messy, (text) => {
      const clean = cleanPath(text)
      expect(cleanPath(clean)).toBe(clean)
      expect(clean).not.toMatch(/\/\/|\/\.\/|.\/$/)
      expect(clean.startsWith('/')).toBe(text.startsWith('/'))
    }),
  )
})
