import { expect, test } from 'vitest'
import { loginAtRegistry } from '../../../src/actions/registry/registry-login.ts'
import type { SendWeb, WebRequest } from '../../../src/registry/http-client.ts'

const auth = { username: 'gordon', password: 'sesame', serveraddress: 'registry.example' }
const BASIC = 'Basic Z29yZG9uOnNlc2FtZQ=='
const TOKEN_URL =
  'https://issuer.example/token?account=gordon&client_id=docker&offline_token=true&service=svc&scope=registry%3Acatalog%3A*'

/** Serves the registry, which accepts the token `t`, and a token endpoint with the given response. */
function serve(tokenStatus: number, tokenBody: string) {
  const requests: WebRequest[] = []
  const challenge = 'Bearer realm="https://issuer.example/token",service="svc",scope="registry:catalog:*"'
  const send: SendWeb = async (request) => {
    requests.push(request)
    const isAuthorized = request.headers.Authorization === 'Bearer t'
    const isToken = request.url.startsWith('https://issuer.example/')
    const statusCode = isToken ? tokenStatus : isAuthorized ? 200 : 401
    const text = isToken ? tokenBody : ''
    return {
      statusCode,
      status: `${statusCode} Reason`,
      text,
      bytes: new TextEncoder().encode(text),
      header: (name) => (!isToken && name === 'www-authenticate' ? challenge : ''),
    }
  }
  return { requests, send }
}

test('exchanges the password for tokens and returns the refresh token', async () => {
  const { requests, send } = serve(200, '{"token":"t","refresh_token":"identity"}')
  expect(await loginAtRegistry(auth, send)).toEqual({ Status: 'Login Succeeded', IdentityToken: 'identity' })
  expect(requests.map(({ url, headers }) => [url, headers.Authorization])).toEqual([
    ['https://registry.example/v2/', undefined],
    [TOKEN_URL, BASIC],
    ['https://registry.example/v2/', 'Bearer t'],
  ])
})

test.each([
  [401, '{"errors":[{"message":"wrong"},{"message":"password"}]}', 'unauthorized: wrong; password'],
  [403, '{"message":"no"}', 'unauthorized: no'],
  [500, 'oops', 'unauthorized: oops'],
  [200, '{}', 'authorization server did not include a token in the response'],
  [200, '[', 'unable to decode token response: unexpected EOF'],
])('reports a token response with status %d and body %s', async (status, body, reason) => {
  const { requests, send } = serve(status, body)
  await expect(loginAtRegistry(auth, send)).rejects.toThrow(`Get "https://registry.example/v2/": ${reason}`)
  expect(requests).toHaveLength(2)
})

test('sends no password to a token endpoint without TLS', async () => {
  const { send } = serve(200, '{"token":"t"}')
  const withoutTls: SendWeb = async (request) => {
    const response = await send(request)
    return { ...response, header: (name) => response.header(name).replace('https:', 'http:') }
  }
  await expect(loginAtRegistry(auth, withoutTls)).rejects.toThrow('no credentials for http://issuer.example')
})
