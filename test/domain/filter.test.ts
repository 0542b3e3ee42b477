import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addFilter, type Filters } from '../../src/domain/filter.ts'
import { expectParsesOrRefuses, lowerCaseWord } from '../support/typed-text.ts'

test('collects the values of each key', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(lowerCaseWord(4), lowerCaseWord(4))), (pairs) => {
      const filters = pairs.reduce<Filters>((all, [name, value]) => addFilter(all, `${name} = ${value} `), {})
      for (const [name, value] of pairs) expect(filters[name]?.[value]).toBe(true)
      expect(Object.keys(filters).sort()).toEqual([...new Set(pairs.map(([name]) => name))].sort())
    }),
  )
})

test('addFilter accepts or refuses any text', () => {
  expectParsesOrRefuses((text) => addFilter({}, text))
})
