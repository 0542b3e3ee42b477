import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  authKey,
  canonicalString,
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  repositoryName,
  withDefaultTag,
} from '../../../src/domain/image/reference.ts'

interface Response {
  typed: string
  /** What `docker pull` says on stderr. */
  error?: string
  /** The `fromImage` and `tag` of its request, and the line it prints at the end. */
  repository?: string
  tagOrDigest?: string
  printed?: string
}

/** Recorded from `docker pull -q TYPED` (28.2.2) against a daemon that says yes to everything. */
const responses: Response[] = JSON.parse(readFileSync(new URL('golden/reference.json', import.meta.url), 'utf8'))

describe('what docker pull makes of a reference', () => {
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

describe('the short form', () => {
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

test('credentials of Docker Hub are kept under its old index URL, of others under their domain', () => {
  expect(authKey(parseReference('busybox'))).toBe('https://index.docker.io/v1/')
  expect(authKey(parseReference('localhost:5000/a'))).toBe('localhost:5000')
})

test('only a reference without tag and digest gets the default tag', () => {
  const digest = `sha256:${'0'.repeat(64)}`
  expect(withDefaultTag(parseReference('a')).tag).toBe('latest')
  expect(isNameOnly(parseReference('a'))).toBe(true)
  expect(withDefaultTag(parseReference('a:x')).tag).toBe('x')
  expect(withDefaultTag(parseReference(`a@${digest}`))).toEqual({ domain: 'docker.io', path: 'library/a', digest })
})

describe('properties', () => {
  // No dots: `docker.io/a.b/c` has the short form `a.b/c`, which means another registry, in docker too.
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

  test('the full and the short form mean the same reference', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const reference = parseReference(text)
        expect(parseReference(canonicalString(reference))).toEqual(reference)
        expect(parseReference(familiarString(reference))).toEqual(reference)
      }),
    )
  })

  test('any text is either a reference or refused with a message', () => {
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
