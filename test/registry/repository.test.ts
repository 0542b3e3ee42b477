import { describe, expect, test } from 'vitest'
import type { SendWeb, WebRequest } from '../../src/registry/http-client.ts'
import { Repository } from '../../src/registry/repository.ts'

const address = { scheme: 'https', host: 'registry.example', isVerified: true, certificates: { ca: 'PEM' } } as const
const access = { auth: { username: 'gordon', password: 'secret' }, actions: 'pull', now: () => new Date(0) } as const

type Response = readonly [statusCode: number, headers: Readonly<Record<string, string>>, text?: string]

const NOT_FOUND: Response = [404, {}]

/** A web whose servers response with a status and headers, by URL; it keeps what it was asked. */
function web(responses: Readonly<Record<string, Response>>) {
  const asked: WebRequest[] = []
  const send: SendWeb = async (request) => {
    asked.push(request)
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
  return { asked, send }
}

describe('a repository', () => {
  test('tells a secret to nobody to whom the registry sends on', async () => {
    const { asked, send } = web({
      'https://registry.example/v2/': [401, { 'www-authenticate': 'Basic realm="x"' }],
      'https://registry.example/v2/a/b/blobs/1': [307, { location: 'https://cdn.example/1' }],
      'https://cdn.example/1': [200, {}, 'content'],
    })
    const repository = await Repository.open(address, 'a/b', { ...access, send })
    expect((await repository.ask('GET', 'blobs/1')).text).toBe('content')
    expect(asked.map(({ url, headers }) => [url, headers.Authorization])).toEqual([
      ['https://registry.example/v2/', undefined],
      ['https://registry.example/v2/a/b/blobs/1', 'Basic Z29yZG9uOnNlY3JldA=='],
      ['https://cdn.example/1', undefined],
    ])
    expect(asked.map(({ certificates }) => certificates?.ca)).toEqual(['PEM', 'PEM', undefined])
  })

  test('asks for one token, and for another when it is old or reads from elsewhere', async () => {
    let time = 0
    const issuer = 'https://issuer.example/token?account=gordon&scope=repository%3Aa%2Fb%3Apull'
    const { asked, send } = web({
      'https://registry.example/v2/': [401, { 'www-authenticate': 'Bearer realm="https://issuer.example/token"' }],
      [issuer]: [200, {}, '{"token":"t1"}'],
      [`${issuer}&scope=repository%3Ac%3Apull`]: [200, {}, '{"access_token":"t2"}'],
    })
    const repository = await Repository.open(address, 'a/b', { ...access, send, now: () => new Date(time) })
    await repository.ask('GET', 'manifests/1')
    await repository.ask('GET', 'manifests/2')
    await repository.ask('POST', 'blobs/uploads/', { readsFrom: 'c' })
    time = 60_000
    await repository.ask('GET', 'manifests/3')
    const tokens = asked.slice(1).map(({ url, headers }) => `${new URL(url).hostname} ${headers.Authorization}`)
    const basic = 'issuer.example Basic Z29yZG9uOnNlY3JldA=='
    const bearer = (token: string) => `registry.example Bearer ${token}`
    expect(tokens).toEqual([basic, bearer('t1'), bearer('t1'), basic, bearer('t2'), basic, bearer('t1')])
  })
})
