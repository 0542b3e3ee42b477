import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRestartPolicy } from '../../../src/domain/container/restart-policy.ts'
import { expectParsesOrRefuses, lowerCaseWord } from '../../support/typed-text.ts'

test('parses a name and a maximum retry count', () => {
  fc.assert(
    fc.property(lowerCaseWord(12), fc.nat(), (name, count) => {
      expect(parseRestartPolicy(name)).toEqual({ Name: name, MaximumRetryCount: 0 })
      expect(parseRestartPolicy(`${name}:${count}`)).toEqual({ Name: name, MaximumRetryCount: count })
    }),
  )
})

test('parseRestartPolicy accepts or refuses any text', () => {
  expectParsesOrRefuses(parseRestartPolicy)
})
