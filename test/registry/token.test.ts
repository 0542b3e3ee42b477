import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { webClient } from '../../src/registry/http-client.ts'
import { fetchToken, type TokenRequest } from '../../src/registry/token.ts'

let server: Server
let realm: string
let requests: string[]
let responses: Record<string, [status: number, body: object]>

beforeEach(async () => {
  requests = []
  responses = { POST: [200, { access_token: 'posted' }], GET: [200, { token: 'got' }] }
  server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    requests.push([request.method, request.url, request.headers.authorization, body].filter(Boolean).join(' '))
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

function fetchFor(request: Partial<TokenRequest>, fixed = '') {
  const defaults = { clientId: '', service: 'svc', scopes: ['repository:a/b:pull', 'repository:c:pull,push'] }
  return fetchToken(
    { ...defaults, realm, username: '', secret: '', signal: AbortSignal.timeout(10_000), ...request },
    fixed,
    webClient({}),
  )
}

const BOTH = 'service=svc&scope=repository%3Aa%2Fb%3Apull&scope=repository%3Ac%3Apull%2Cpush'

test('requests an anonymous token with GET', async () => {
  expect(await fetchFor({})).toEqual({ token: 'got', expiresIn: 60, issuedAt: 0 })
  expect(requests).toEqual([`GET /token?${BOTH}`])
})

test('sends a password in the form of a POST', async () => {
  responses.POST = [200, { access_token: 'posted', expires_in: 300, issued_at: '2024-01-02T03:04:05.6Z' }]
  const token = await fetchFor({ username: 'u', secret: 'p' })
  expect(token).toEqual({ token: 'posted', expiresIn: 300, issuedAt: 1704164645 })
  expect(requests).toHaveLength(1)
  expect(requests[0]).toMatch(/^POST \/token client_id=buildkit-client&scope=repository%3Aa%2Fb%3Apull\+repository%3Ac/)
  expect(requests[0]).toContain('grant_type=password&username=u&password=p')
})

test('exchanges an identity token', async () => {
  await fetchFor({ secret: 'identity' })
  expect(requests[0]).toContain('grant_type=refresh_token&refresh_token=identity')
})

test.each([404, 401, 405])('falls back to GET if the response to the POST is %i', async (status) => {
  responses.POST = [status, {}]
  expect((await fetchFor({ username: 'u', secret: 'p' })).token).toBe('got')
  expect(requests[1]).toBe(`GET /token?${BOTH} Basic ${Buffer.from('u:p').toString('base64')}`)
})

test('returns the token of config.json without a request', async () => {
  expect(await fetchFor({}, 'fixed')).toEqual({ token: 'fixed', expiresIn: 60, issuedAt: 0 })
  expect(requests).toEqual([])
})

test.each<[name: string, request: Partial<TokenRequest>, responses: Record<string, [number, object]>, message: RegExp]>(
  [
    [
      'a refused password',
      { username: 'u', secret: 'p' },
      { POST: [403, {}] },
      /^failed to fetch oauth token: unexpected status from POST request to http:\/\/\S+\/token: 403 Forbidden$/,
    ],
    [
      'a refused anonymous request',
      {},
      { GET: [401, {}] },
      /^failed to fetch anonymous token: unexpected status from GET request to http:\/\/\S+\/token\?service=svc&\S+: 401 Unauthorized$/,
    ],
    [
      'a response without a token',
      {},
      { GET: [200, {}] },
      /authorization server did not include a token in the response$/,
    ],
  ],
)('reports %s', async (_name, request, overrides, message) => {
  responses = { ...responses, ...overrides }
  await expect(fetchFor(request)).rejects.toThrow(message)
})
