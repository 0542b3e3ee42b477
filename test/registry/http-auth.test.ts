import { describe, expect, test } from 'vitest'
import { parseAuthChallenges } from '../../src/registry/http-auth.ts'

// RFC 9110 section 11: names of schemes and parameters are case-insensitive, and a header may contain several challenges.
describe('parseAuthChallenges', () => {
  test.each([
    ['', []],
    ['Basic', [{ scheme: 'basic', parameters: {} }]],
    ['Basic realm="a b, c=d"', [{ scheme: 'basic', parameters: { realm: 'a b, c=d' } }]],
    [
      'Bearer realm="https://a.example/token",service="registry.example",scope="repository:a/b:pull,push"',
      [
        {
          scheme: 'bearer',
          parameters: {
            realm: 'https://a.example/token',
            service: 'registry.example',
            scope: 'repository:a/b:pull,push',
          },
        },
      ],
    ],
    [
      'BEARER Realm=x , error=invalid_token',
      [{ scheme: 'bearer', parameters: { realm: 'x', error: 'invalid_token' } }],
    ],
    ['Bearer realm="a \\"b\\" \\\\"', [{ scheme: 'bearer', parameters: { realm: 'a "b" \\' } }]],
    [
      'Bearer realm="x", service="y", Basic realm="z"',
      [
        { scheme: 'bearer', parameters: { realm: 'x', service: 'y' } },
        { scheme: 'basic', parameters: { realm: 'z' } },
      ],
    ],
    [
      'Negotiate, Basic realm="z"',
      [
        { scheme: 'negotiate', parameters: {} },
        { scheme: 'basic', parameters: { realm: 'z' } },
      ],
    ],
  ])('parses %j', (header, expected) => {
    expect(parseAuthChallenges(header)).toEqual(expected)
  })
})
