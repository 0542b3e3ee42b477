import { expect, test } from 'vitest'
import { parseDaemonHost } from '../../../src/domain/context/endpoint.ts'
import { SshError } from '../../../src/domain/errors.ts'
import { connectionError } from '../../../src/engine/transport/connection-error.ts'

const notFound = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
const sshFailed = new SshError('command [ssh] has exited with exit status 255')

test.each([
  ['tcp://nosuch:2375', notFound, 'check the host in DOCKER_HOST, -H or the context'],
  ['unix:/run/docker.sock', notFound, 'write the path of a socket after three slashes: unix:///PATH'],
  ['ssh://me@h:2222', sshFailed, 'check that this works without a password: ssh HOST docker version'],
  ['ssh://h', notFound, ''],
])('says what to check about %s', (host, error, hint) => {
  const endpoint = parseDaemonHost(host, false)
  expect(connectionError(error, endpoint, { method: 'GET', path: '/_ping', headers: {} }).hint).toBe(hint)
})
