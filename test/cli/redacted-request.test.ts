import { expect, test } from 'vitest'
import { redactRequest } from '../../src/cli/redacted-request.ts'

test.each([
  ['/v1.50/containers/json?all=1', '/v1.50/containers/json?all=1'],
  ['/_ping', '/_ping'],
  ['/build?buildargs=%7B%22PW%22%3A%22sesame%22%7D&t=a', '/build?buildargs=***&t=a'],
  ['/build?t=a&BuildArgs=sesame&%62uildargs=sesame', '/build?t=a&BuildArgs=***&%62uildargs=***'],
  ['/commit?changes=ENV+PW%3Dsesame&changes=CMD+x&repo=a', '/commit?changes=***&changes=***&repo=a'],
  ['/build?labels=%7B%22a%22%3A%22sesame%22%7D', '/build?labels=***'],
  [
    '/images/create?fromSrc=https%3A%2F%2Fu%3Asesame%40h%2Fa%40b',
    '/images/create?fromSrc=https%3A%2F%2F***%40h%2Fa%40b',
  ],
  ['/build?remote=https://u:sesame@h/a', '/build?remote=https://***@h/a'],
  ['/images/create?fromImage=h%2Fa&tag=1', '/images/create?fromImage=h%2Fa&tag=1'],
  ['/x?%E0%A4%A=1', '/x?%E0%A4%A=1'],
])('prints %s as %s', (path, expected) => {
  expect(redactRequest(path)).toBe(expected)
})
