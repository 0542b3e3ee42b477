import { describe, expect, test } from 'vitest'
import { IdentityProvider } from '../../../../src/actions/registry/web-login/identity-provider.ts'
import type { SendWeb, WebResponse } from '../../../../src/registry/http-client.ts'

const respondWith =
  (statusCode: number, text: string): SendWeb =>
  async () => ({
    statusCode,
    status: `${statusCode} Words`,
    text,
    bytes: new TextEncoder().encode(text),
    header: () => '',
  })
const noBytes = new Uint8Array()
const fail: SendWeb = async () => {
  throw new Error('connect ECONNREFUSED 192.0.2.1:443')
}
const SECRET = 'sesame-of-moby'
const code = { deviceCode: SECRET, userCode: 'A-B', verificationUrl: '', expiresIn: 60, interval: 0.001 }
const tokens = { accessToken: SECRET, refreshToken: SECRET, username: 'moby' }

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    (error: unknown) => String(error),
  )
}

// The messages are docker's. The sessions in test/parity/pty cover the most common ones.
describe('IdentityProvider', () => {
  test.each([
    [
      'a device code',
      (provider: IdentityProvider) => provider.requestDeviceCode(),
      'Post "https://login.docker.com/oauth/device/code": ',
    ],
    [
      'tokens',
      (provider: IdentityProvider) => provider.pollTokens(code, new AbortController().signal),
      'failed to get tokens: Post "https://login.docker.com/oauth/token": ',
    ],
    [
      'a password',
      (provider: IdentityProvider) => provider.createPassword(tokens),
      'Post "https://hub.docker.com/v2/access-tokens/desktop-generate": ',
    ],
    [
      'revocation',
      (provider: IdentityProvider) => provider.revoke(SECRET),
      'Post "https://login.docker.com/oauth/revoke": ',
    ],
  ])('reports that the provider cannot be reached: %s', async (_name, request, expected) => {
    expect(await messageOf(request(new IdentityProvider(fail)))).toBe(
      `Error: ${expected}connect ECONNREFUSED 192.0.2.1:443`,
    )
  })

  test.each([
    [400, '{"error_description":"no such thing"}', 'no such thing'],
    [500, '<h1>oops</h1>', 'unexpected response from tenant: 500 Words'],
    [403, '', 'unexpected response from tenant: 403 Words'],
    [403, '{"error_description":5}', 'unexpected response from tenant: 403 Words'],
    [403, '[]', 'unexpected response from tenant: 403 Words'],
  ])('reports a response with status %d and body %s', async (status, text, expected) => {
    const provider = new IdentityProvider(respondWith(status, text))
    for (const work of [provider.requestDeviceCode(), provider.revoke(SECRET)])
      expect(await messageOf(work)).toBe(`Error: ${expected}`)
  })

  test.each([
    ['', 'failed to decode response: EOF'],
    ['{"error":"access_denied","error_description":"not you"}', 'not you'],
    ['{"error":"access_denied"}', ''],
    ['{}', 'go-jose/go-jose: compact JWS format must have three parts'],
    [`{"access_token":"${SECRET}.${SECRET}.x"}`, 'invalid character'],
  ])('refuses the token response %s without printing a token', async (text, expected) => {
    const message = await messageOf(
      new IdentityProvider(respondWith(200, text)).pollTokens(code, new AbortController().signal),
    )
    expect(message).toContain(expected)
    expect(message).not.toContain(SECRET)
  })

  test('polls more slowly after slow_down, until the code expires', async () => {
    const responses = ['{"error":"slow_down"}', '{"error":"not requested"}']
    const send: SendWeb = async () => ({
      statusCode: 403,
      status: '403',
      text: responses.shift() ?? '',
      bytes: noBytes,
      header: () => '',
    })
    const expiringCode = { ...code, expiresIn: 0.2 }
    const message = await messageOf(new IdentityProvider(send).pollTokens(expiringCode, new AbortController().signal))
    expect(message).toBe('Error: timed out waiting for device token')
    expect(responses).toHaveLength(1)
  })

  test('sends the access token in a header, and no secret in a URL', async () => {
    const sent: { url: string; headers: object }[] = []
    const recordPosts: SendWeb = async (post): Promise<WebResponse> => {
      sent.push(post)
      return {
        statusCode: 201,
        status: '201 Created',
        text: '{"data":{"token":"pat"}}',
        bytes: noBytes,
        header: () => '',
      }
    }
    const provider = new IdentityProvider(recordPosts)
    expect(await provider.createPassword(tokens)).toBe('pat')
    await messageOf(provider.revoke(SECRET))
    await messageOf(provider.pollTokens(code, new AbortController().signal))
    expect(sent.map(({ url }) => url).join()).not.toContain(SECRET)
    expect(sent[0]?.headers).toMatchObject({ Authorization: `Bearer ${SECRET}` })
  })
})
