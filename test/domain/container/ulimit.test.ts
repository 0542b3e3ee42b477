import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseUlimit } from '../../../src/domain/container/ulimit.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

test('refuses a soft limit above the hard limit', () => {
  const limit = fc.oneof(fc.constant(-1), fc.nat())
  fc.assert(
    fc.property(limit, limit, (soft, hard) => {
      const fits = hard === -1 || (soft !== -1 && soft <= hard)
      if (fits) expect(parseUlimit(`nofile=${soft}:${hard}`)).toEqual({ Name: 'nofile', Hard: hard, Soft: soft })
      else expect(() => parseUlimit(`nofile=${soft}:${hard}`)).toThrow('must be less than or equal to hard limit')
      expect(parseUlimit(`core=${soft}`)).toEqual({ Name: 'core', Hard: soft, Soft: soft })
    }),
  )
})

test('parseUlimit accepts or refuses any text', () => {
  expectParsesOrRefuses(parseUlimit)
})
