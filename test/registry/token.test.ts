import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webClient } from '../../src/registry/http-client.ts'
import { fetchToken, type TokenRequest } from '../../src/registry/token.ts'

let server: Server
let realm: string
let asked: string[]
let responses: Record<string, [status: number, body: object]>

beforeEach(async () => {
  asked = []
  responses = { POST: [200, { access_token: 'posted' }], GET: [200, { token: 'got' }] }
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    asked.push([request.method, request.url, request.headers.authorization, body].filter(Boolean).join(' '))
    const [status, content] = responses[request.method ?? ''] ?? [500, {}]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  realm = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/token`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

function fetched(request: Partial<TokenRequest>, fixed = '') {
  const defaults = { clientId: '', service: 'svc', scopes: ['repository:a/b:pull', 'repository:c:pull,push'] }
  return fetchToken(
    { ...defaults, realm, username: '', secret: '', signal: AbortSignal.timeout(10_000), ...request },
    fixed,
    webClient({}),
  )
}

const BOTH = 'service=svc&scope=repository%3Aa%2Fb%3Apull&scope=repository%3Ac%3Apull%2Cpush'

test('nobody asks by GET', async () => {
  expect(await fetched({})).toEqual({ token: 'got', expiresIn: 60, issuedAt: 0 })
  expect(asked).toEqual([`GET /token?${BOTH}`])
})

test('a password goes into a POST', async () => {
  responses.POST = [200, { access_token: 'posted', expires_in: 300, issued_at: '2024-01-02T03:04:05.6Z' }]
  const token = await fetched({ username: 'u', secret: 'p' })
  expect(token).toEqual({ token: 'posted', expiresIn: 300, issuedAt: 1704164645 })
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatch(/^POST \/token client_id=buildkit-client&scope=repository%3Aa%2Fb%3Apull\+repository%3Ac/)
  expect(asked[0]).toContain('grant_type=password&username=u&password=p')
})

test('an identity token is refreshed', async () => {
  await fetched({ secret: 'identity' })
  expect(asked[0]).toContain('grant_type=refresh_token&refresh_token=identity')
})

test.each([404, 401, 405])('a registry that responds a POST with %i is asked by GET', async (status) => {
  responses.POST = [status, {}]
  expect((await fetched({ username: 'u', secret: 'p' })).token).toBe('got')
  expect(asked[1]).toBe(`GET /token?${BOTH} Basic ${Buffer.from('u:p').toString('base64')}`)
})

test('a token that config.json has is used as it is', async () => {
  expect(await fetched({}, 'fixed')).toEqual({ token: 'fixed', expiresIn: 60, issuedAt: 0 })
  expect(asked).toEqual([])
})

test.each<[name: string, request: Partial<TokenRequest>, responses: Record<string, [number, object]>, message: RegExp]>(
  [
    [
      'refused with a password',
      { username: 'u', secret: 'p' },
      { POST: [403, {}] },
      /^failed to fetch oauth token: unexpected status from POST request to http:\/\/\S+\/token: 403 Forbidden$/,
    ],
    [
      'refused without',
      {},
      { GET: [401, {}] },
      /^failed to fetch anonymous token: unexpected status from GET request to http:\/\/\S+\/token\?service=svc&\S+: 401 Unauthorized$/,
    ],
    [
      'no token in the response',
      {},
      { GET: [200, {}] },
      /authorization server did not include a token in the response$/,
    ],
  ],
)('%s', async (_name, request, given, message) => {
  responses = { ...responses, ...given }
  await expect(fetched(request)).rejects.toThrow(message)
})
