import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatPlatform, ownPlatform, parsePlatform, requestedPlatforms } from '../../../src/domain/image/platform.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

const OWN = { os: 'linux', architecture: 'amd64' }

/** Recorded from `docker create --platform=TYPED img` (28.2.2 on linux/amd64): the query it sends or its refusal. */
const responses: { typed: string; sent?: string; error?: string }[] = JSON.parse(
  readFileSync(new URL('golden/platform.json', import.meta.url), 'utf8'),
)

describe('parses --platform as docker create does', () => {
  test.each(responses)('$typed', ({ typed, sent, error }) => {
    if (error !== undefined) expect(() => parsePlatform(typed, OWN)).toThrow(new Error(error))
    else expect(formatPlatform(parsePlatform(typed, OWN))).toBe(sent)
  })
})

test('takes a missing part from the client', () => {
  expect(parsePlatform('windows', { os: 'darwin', architecture: 'arm64' })).toEqual({
    os: 'windows',
    architecture: 'arm64',
  })
})

test('converts the platform names of Node to those of Go', () => {
  expect(ownPlatform('win32', 'x64')).toEqual({ os: 'windows', architecture: 'amd64' })
  expect(ownPlatform('darwin', 'arm64')).toEqual({ os: 'darwin', architecture: 'arm64' })
})

test('parses a formatted platform to itself', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/)
  fc.assert(
    fc.property(part, part, part, (os, architecture, variant) => {
      const platform = parsePlatform(`${os}/${architecture}/${variant}`, OWN)
      expect(parsePlatform(formatPlatform(platform), OWN)).toEqual(platform)
    }),
  )
})

test('parsePlatform accepts or refuses any text', () => {
  expectParsesOrRefuses((text) => parsePlatform(text, { os: 'linux', architecture: 'amd64' }))
})

describe('--platform of save and load', () => {
  const own = { os: 'linux', architecture: 'amd64' }

  test.each([
    ['', []],
    ['linux/arm64', ['linux/arm64']],
    ['linux/amd64,linux/arm/v7', ['linux/amd64', 'linux/arm/v7']],
    ['arm64, s390x', ['linux/arm64', 'linux/s390x']],
  ])('%j is a list of platforms', (text, expected) => {
    expect(requestedPlatforms(text, own).map(formatPlatform)).toEqual(expected)
  })

  test.each(['linux/amd64,', ',', 'linux/amd64,bogus', 'linux/amd64,a/b/c/d'])('%j is refused', (text) => {
    expect(() => requestedPlatforms(text, own)).toThrow(/^invalid platform: /)
  })
})
