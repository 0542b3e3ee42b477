import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authKey,
  canonicalString,
  familiarName,
  familiarString,
  isNameOnly,
  parseFamiliar,
  parseReference,
  repositoryName,
  withDefaultTag,
} from '../../../src/domain/image/reference.ts'

interface Response {
  typed: string
  /** The stderr of `docker pull`. */
  error?: string
  /** The `fromImage` and `tag` of its request, and the line it prints at the end. */
  repository?: string
  tagOrDigest?: string
  printed?: string
}

/** Recorded from `docker pull -q TYPED` (28.2.2) with a daemon that accepts every request. */
const responses: Response[] = JSON.parse(readFileSync(new URL('golden/reference.json', import.meta.url), 'utf8'))

describe('parses references as docker pull does', () => {
  test.each(responses)('$typed', ({ typed, error, repository, tagOrDigest, printed }) => {
    if (error !== undefined) {
      expect(() => parseReference(typed)).toThrow(new Error(error))
      return
    }
    const reference = withDefaultTag(parseReference(typed))
    expect(repositoryName(reference)).toBe(repository)
    expect(reference.digest ?? reference.tag).toBe(tagOrDigest)
    expect(canonicalString(reference)).toBe(printed)
  })
})

describe('familiarString', () => {
  test.each([
    ['busybox', 'busybox', 'busybox'],
    ['docker.io/library/busybox:1', 'busybox', 'busybox:1'],
    ['index.docker.io/foo/bar', 'foo/bar', 'foo/bar'],
    ['library/foo/bar', 'library/foo/bar', 'library/foo/bar'],
    ['localhost:5000/a:b', 'localhost:5000/a', 'localhost:5000/a:b'],
    ['quay.io/library/x', 'quay.io/library/x', 'quay.io/library/x'],
  ])('%s', (typed, name, text) => {
    expect(familiarName(parseReference(typed))).toBe(name)
    expect(familiarString(parseReference(typed))).toBe(text)
  })
})

test('authKey returns the index URL for Docker Hub and the domain for other registries', () => {
  expect(authKey(parseReference('busybox'))).toBe('https://index.docker.io/v1/')
  expect(authKey(parseReference('localhost:5000/a'))).toBe('localhost:5000')
})

test('withDefaultTag adds a tag only if there is neither tag nor digest', () => {
  const digest = `sha256:${'0'.repeat(64)}`
  expect(withDefaultTag(parseReference('a')).tag).toBe('latest')
  expect(isNameOnly(parseReference('a'))).toBe(true)
  expect(withDefaultTag(parseReference('a:x')).tag).toBe('x')
  expect(withDefaultTag(parseReference(`a@${digest}`))).toEqual({ domain: 'docker.io', path: 'library/a', digest })
})

describe('properties', () => {
  // Without dots, because the familiar form of `docker.io/a.b/c` is `a.b/c`, which is another registry, also in docker.
  const component = fc.stringMatching(/^[a-z0-9]{1,8}([_-][a-z0-9]{1,4})?$/)
  const domain = fc.constantFrom(
    '',
    'docker.io/',
    'index.docker.io/',
    'localhost/',
    'r.example.com:5000/',
    '[::1]:80/',
    'Up/',
  )
  const tag = fc.option(fc.stringMatching(/^[\w][\w.-]{0,20}$/), { nil: undefined })
  const digest = fc.option(fc.stringMatching(/^sha256:[a-f0-9]{64}$/), { nil: undefined })
  const typed = fc
    .tuple(domain, fc.array(component, { minLength: 1, maxLength: 4 }), tag, digest)
    .map(([d, path, t, g]) => `${d}${path.join('/')}${t === undefined ? '' : `:${t}`}${g === undefined ? '' : `@${g}`}`)

  test('parses the full and the familiar form to the same reference', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const reference = parseReference(text)
        expect(parseReference(canonicalString(reference))).toEqual(reference)
        expect(parseReference(familiarString(reference))).toEqual(reference)
      }),
    )
  })

  test('accepts or refuses any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80, unit: 'binary' }), (text) => {
        try {
          expect(parseReference(text).path).not.toBe('')
        } catch (error) {
          expect(error).toHaveProperty('message', expect.stringMatching(/invalid|lowercase|unsupported|must not/))
        }
      }),
    )
  })
})

const familiarPiece = fc.constantFrom(
  'a',
  'nginx',
  'library',
  'localhost',
  'docker.io',
  '/',
  ':',
  '@',
  '1.2',
  '-',
  '_',
  'A',
  '5000',
  'f'.repeat(64),
)

test('parseFamiliar returns the same as parsing the whole reference', () => {
  fc.assert(
    fc.property(fc.array(familiarPiece, { maxLength: 6 }), (pieces) => {
      const text = pieces.join('')
      let expected: unknown
      try {
        const { tag = '', digest = '', ...rest } = parseReference(text)
        expected = { name: familiarName({ tag, digest, ...rest }), tag, digest }
      } catch {
        expected = undefined
      }
      expect(parseFamiliar(text)).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})
