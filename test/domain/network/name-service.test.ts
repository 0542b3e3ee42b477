import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkLink, parseDnsSearch, parseDnsServer, parseExtraHost } from '../../../src/domain/network/name-service.ts'
import { expectParsesOrRefuses, lowerCaseWord } from '../../support/typed-text.ts'

test('parses --add-host with a colon or an equals sign, and with or without brackets', () => {
  fc.assert(
    fc.property(lowerCaseWord(10), fc.ipV4(), fc.ipV6(), (name, four, six) => {
      expect(parseExtraHost(`${name}:${four}`)).toBe(`${name}:${four}`)
      expect(parseExtraHost(`${name}=${four}`)).toBe(`${name}:${four}`)
      expect(parseExtraHost(`${name}=${six}`)).toBe(parseExtraHost(`${name}:[${six}]`))
    }),
  )
})

test.each([
  ['checkLink', checkLink],
  ['parseDnsSearch', parseDnsSearch],
  ['parseDnsServer', parseDnsServer],
  ['parseExtraHost', parseExtraHost],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
