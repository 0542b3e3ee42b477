import { expect, test } from 'vitest'
import { omitEmpty } from '../../../src/domain/go/omit-empty.ts'

test('removes empty values, but not empty objects', () => {
  expect(omitEmpty({ a: '', b: 0, c: [], d: null, e: undefined, f: false, g: {}, h: 'x', i: -1 })).toEqual({
    ...{ g: {}, h: 'x', i: -1 },
  })
})
