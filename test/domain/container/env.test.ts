import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkVariable,
  lastOfEach,
  parseEnvFile,
  parseLabelFile,
  resolveVariable,
  withProxies,
} from '../../../src/domain/container/env.ts'
import { expectParsesOrRefuses, lineOfText } from '../../support/typed-text.ts'

describe('lastOfEach', () => {
  test('keeps the last value, at the position of the first', () => {
    expect(lastOfEach(['A=1', 'B=2', 'A=3', 'C'])).toEqual(['A=3', 'B=2', 'C'])
  })
})

describe('withProxies', () => {
  test('adds each proxy in upper and lower case, unless it was typed', () => {
    const proxies = { HTTP_PROXY: 'http://proxy', NO_PROXY: 'localhost', FTP_PROXY: '' }
    expect(withProxies(['http_proxy=mine', 'NO_PROXY'], proxies)).toEqual([
      'http_proxy=mine',
      'NO_PROXY',
      'HTTP_PROXY=http://proxy',
      'no_proxy=localhost',
    ])
  })
})

const variableName = fc.string({ unit: fc.constantFrom(...'ABC_xyz19.-'), minLength: 1, maxLength: 8 })

test('parses each line of an env file literally', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(variableName, lineOfText), { maxLength: 6 }), (pairs) => {
      const lines = pairs.map(([name, value]) => `${name}=${value}`)
      expect(parseEnvFile(Buffer.from(lines.join('\n')), 'file', {})).toEqual(lines)
      expect(parseEnvFile(Buffer.from(`# c\n\n${lines.join('\n')}\n`), 'file', {})).toEqual(lines)
    }),
  )
})

test('takes the value of a key without one from the environment', () => {
  fc.assert(
    fc.property(variableName, lineOfText, (name, value) => {
      expect(resolveVariable(name, { [name]: value })).toBe(`${name}=${value}`)
      expect(resolveVariable(name, {})).toBe(name)
      expect(parseEnvFile(Buffer.from(name), 'file', {})).toEqual([])
    }),
  )
})

test('keeps the last value of a repeated variable, at the position of the first', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom('A', 'B', 'C'), lineOfText)), (pairs) => {
      const expected = [...new Map(pairs)].map(([name, value]) => `${name}=${value}`)
      expect(lastOfEach(pairs.map(([name, value]) => `${name}=${value}`))).toEqual(expected)
    }),
  )
})

test.each([
  ['checkVariable', checkVariable],
  ['parseEnvFile', (text) => parseEnvFile(Buffer.from(text), 'file', {})],
  ['parseLabelFile', (text) => parseLabelFile(Buffer.from(text), 'file')],
])('%s accepts or refuses any text', (_, parse) => {
  expectParsesOrRefuses(parse)
})
