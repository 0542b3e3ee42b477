import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsOf, keyAndValue, recordOf } from '../../../../src/builder/buildkit/request/fields.ts'
import { readSecret } from '../../../../src/builder/buildkit/request/secrets.ts'

const key = fc.stringMatching(/^[a-z-]{1,8}$/)
/** Quotes are never in what a record is made of. */
const value = fc.stringMatching(/^[^"\r\n]{0,20}$/)

describe('a flag that is a record', () => {
  test('what is written is read again, commas and equals signs too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { minLength: 1 }), (entries) => {
        expect(fieldsOf(recordOf(entries)).map(keyAndValue)).toEqual(entries)
      }),
    )
  })

  test('the path of a secret is taken as it is', () => {
    fc.assert(
      fc.property(key, value, (id, path) => {
        const record = recordOf([
          ['id', id],
          ['src', path],
        ])
        expect(readSecret(record)).toEqual({ id, path, variable: '' })
      }),
    )
  })
})
