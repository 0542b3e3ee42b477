import { describe, expect, test } from 'vitest'
import type { SendWeb, WebRequest } from '../../src/registry/http-client.ts'
import { Repository } from '../../src/registry/repository.ts'

const address = {
  scheme: 'https',
  host: 'registry.example',
  isVerified: true,
  isInsecure: false,
  certificates: { ca: 'PEM' },
} as const
const access = {
  auth: { username: 'gordon', password: 'secret' },
  actions: 'pull',
  userAgent: 'agent',
  now: () => new Date(0),
} as const

type Response = readonly [statusCode: number, headers: Readonly<Record<string, string>>, text?: string]

const NOT_FOUND: Response = [404, {}]

/** Returns a client whose servers send the given responses, by URL, and the list of its requests. */
function serve(responses: Readonly<Record<string, Response>>) {
  const requests: WebRequest[] = []
  const send: SendWeb = async (request) => {
    requests.push(request)
    const [statusCode, headers, text = ''] = responses[request.url] ?? NOT_FOUND
    const bytes = new TextEncoder().encode(text)
    return {
      statusCode,
      status: `${statusCode}`,
      text,
      bytes,
      header: (name) => headers[name] ?? '',
      discard: () => {},
    }
  }
  return { requests, send }
}

describe('Repository', () => {
  test('sends no credentials to a server to which the registry redirects', async () => {
    const { requests, send } = serve({
      'https://registry.example/v2/': [401, { 'www-authenticate': 'Basic realm="x"' }],
      'https://registry.example/v2/a/b/blobs/1': [307, { location: 'https://cdn.example/1' }],
      'https://cdn.example/1': [200, {}, 'content'],
    })
    const repository = await Repository.open(address, 'a/b', { ...access, send })
    expect((await repository.request('GET', 'blobs/1')).text).toBe('content')
    expect(requests.map(({ url, headers }) => [url, headers.Authorization])).toEqual([
      ['https://registry.example/v2/', undefined],
      ['https://registry.example/v2/a/b/blobs/1', 'Basic Z29yZG9uOnNlY3JldA=='],
      ['https://cdn.example/1', undefined],
    ])
    expect(requests.map(({ certificates }) => certificates?.ca)).toEqual(['PEM', 'PEM', undefined])
  })

  test.each([
    ['the same host without TLS', 'http://registry.example/x'],
    ['another port', 'https://registry.example:8443/x'],
    ['a host below it', 'https://a.registry.example/x'],
  ])('sends no credentials to another origin: %s', async (_, location) => {
    const { requests, send } = serve({
      'https://registry.example/v2/': [401, { 'www-authenticate': 'Basic realm="x"' }],
      'https://registry.example/v2/a/b/blobs/1': [307, { location }],
    })
    const repository = await Repository.open(address, 'a/b', { ...access, send })
    await repository.request('GET', 'blobs/1')
    await repository.request('DELETE', location)
    const toLocation = requests.filter(({ url }) => url === location)
    expect(toLocation.map(({ headers }) => headers.Authorization)).toEqual([undefined, undefined])
  })

  test.each([
    ['http://issuer.example/token', false, 'no credentials for http://issuer.example: it has no TLS'],
    ['http://issuer.example/token', true, undefined],
    ['http://127.0.0.1:5001/token', false, undefined],
    ['file:///home/u/x.json', true, 'Get "file:///home/u/x.json": unsupported protocol scheme "file"'],
  ])('decides whether a password is sent to the token endpoint %s, with --insecure: %j', async (realm, isInsecure, message) => {
    const { requests, send } = serve({
      'https://registry.example/v2/': [401, { 'www-authenticate': `Bearer realm="${realm}"` }],
      [`${realm}?account=gordon&scope=repository%3Aa%2Fb%3Apull`]: [200, {}, '{"token":"t"}'],
    })
    const registry = { ...address, isInsecure, isVerified: !isInsecure }
    const repository = await Repository.open(registry, 'a/b', { ...access, send })
    const response = repository.request('GET', 'manifests/1')
    if (message === undefined) await response
    else await expect(response).rejects.toThrow(message)
    expect(requests.filter(({ url }) => url.startsWith(realm)).length).toBe(message === undefined ? 1 : 0)
  })

  test('verifies certificates except those of a registry on this machine, and of all servers with --insecure', async () => {
    const local = { ...address, host: 'localhost:5000', isVerified: false }
    for (const isInsecure of [false, true]) {
      const { requests, send } = serve({
        'https://localhost:5000/v2/': [401, { 'www-authenticate': 'Bearer realm="https://issuer.example/token"' }],
      })
      const repository = await Repository.open({ ...local, isInsecure }, 'a/b', { ...access, send })
      await repository.request('GET', 'manifests/1').catch(() => {})
      const skipped = requests.map(({ url, skipTlsVerify }) => [new URL(url).hostname, skipTlsVerify])
      expect(skipped).toEqual([
        ['localhost', true],
        ['issuer.example', isInsecure],
      ])
    }
  })

  test('requests a new token only if the last one expired or another repository is read', async () => {
    let time = 0
    const issuer = 'https://issuer.example/token?account=gordon&scope=repository%3Aa%2Fb%3Apull'
    const { requests, send } = serve({
      'https://registry.example/v2/': [401, { 'www-authenticate': 'Bearer realm="https://issuer.example/token"' }],
      [issuer]: [200, {}, '{"token":"t1"}'],
      [`${issuer}&scope=repository%3Ac%3Apull`]: [200, {}, '{"access_token":"t2"}'],
    })
    const repository = await Repository.open(address, 'a/b', { ...access, send, now: () => new Date(time) })
    await repository.request('GET', 'manifests/1')
    await repository.request('GET', 'manifests/2')
    await repository.request('POST', 'blobs/uploads/', { otherRepository: 'c' })
    time = 60_000
    await repository.request('GET', 'manifests/3')
    const tokens = requests.slice(1).map(({ url, headers }) => `${new URL(url).hostname} ${headers.Authorization}`)
    const basic = 'issuer.example Basic Z29yZG9uOnNlY3JldA=='
    const bearer = (token: string) => `registry.example Bearer ${token}`
    expect(tokens).toEqual([basic, bearer('t1'), bearer('t1'), basic, bearer('t2'), basic, bearer('t1')])
  })
})
