import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  checkNamespaceMode,
  checkSysctl,
  normalizeCapabilities,
  parseSecurityOption,
} from '../../../src/domain/container/security.ts'
import { expectParsesOrRefuses, lineOfText, lowerCaseWord } from '../../support/typed-text.ts'

test('splits --security-opt into a key and a value', () => {
  fc.assert(
    fc.property(
      lowerCaseWord(8),
      fc.constantFrom('=', ':'),
      lineOfText.filter((value) => value !== ''),
      (key, mark, value) => {
        // As in docker, an equals sign takes precedence over a colon in front of it.
        fc.pre(mark === '=' || !value.includes('='))
        expect(parseSecurityOption(`${key}${mark}${value}`)).toEqual({ key, value })
      },
    ),
  )
})

test('normalizes capabilities in any order, in any case, and with or without the prefix', () => {
  const names = ['chown', 'NET_ADMIN', 'cap_sys_time', 'all']
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: 4 }), (some) => {
      expect(normalizeCapabilities(some)).toEqual(['ALL', 'CAP_CHOWN', 'CAP_NET_ADMIN', 'CAP_SYS_TIME'])
      const again = normalizeCapabilities(some)
      expect(normalizeCapabilities(again)).toEqual(again)
    }),
  )
})

test.each([
  ['checkNamespaceMode', (text) => checkNamespaceMode('pid', text)],
  ['checkSysctl', checkSysctl],
  ['parseSecurityOption', parseSecurityOption],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
