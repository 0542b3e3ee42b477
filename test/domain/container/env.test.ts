import { describe, expect, test } from 'vitest'
import { lastOfEach, withProxies } from '../../../src/domain/container/env.ts'

describe('lastOfEach', () => {
  test('the last value counts, at the first one’s place', () => {
    expect(lastOfEach(['A=1', 'B=2', 'A=3', 'C'])).toEqual(['A=3', 'B=2', 'C'])
  })
})

describe('withProxies', () => {
  test('each proxy comes in capitals and small letters, unless it was typed', () => {
    const proxies = { HTTP_PROXY: 'http://proxy', NO_PROXY: 'localhost', FTP_PROXY: '' }
    expect(withProxies(['http_proxy=mine', 'NO_PROXY'], proxies)).toEqual([
      'http_proxy=mine',
      'NO_PROXY',
      'HTTP_PROXY=http://proxy',
      'no_proxy=localhost',
    ])
  })
})
