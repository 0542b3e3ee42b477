import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { joinFields, splitFields, splitKeyValue } from '../../../../src/builder/buildkit/request/fields.ts'
import { parseSecret } from '../../../../src/builder/buildkit/request/providers.ts'

const key = fc.stringMatching(/^[a-z-]{1,8}$/)
/** Values without quotes. */
const value = fc.stringMatching(/^[^"\r\n]{0,20}$/)

describe('a flag whose value is a CSV record', () => {
  test('reads every value that CSV can encode, including commas and equals signs', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { minLength: 1 }), (entries) => {
        expect(splitFields(joinFields(entries)).map(splitKeyValue)).toEqual(entries)
      }),
    )
  })

  test('the path of a secret is not changed', () => {
    fc.assert(
      fc.property(key, value, (id, path) => {
        const record = joinFields([
          ['id', id],
          ['src', path],
        ])
        expect(parseSecret(record)).toEqual({ id, path, variable: '' })
      }),
    )
  })
})
