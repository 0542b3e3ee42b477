import { describe, expect, test } from 'vitest'
import { Tenant } from '../../../../src/actions/registry/web-login/tenant.ts'
import type { SendWeb, WebResponse } from '../../../../src/registry/http-client.ts'

const answering =
  (statusCode: number, text: string): SendWeb =>
  async () => ({
    statusCode,
    status: `${statusCode} Words`,
    text,
    bytes: new TextEncoder().encode(text),
    header: () => '',
  })
const noBytes = new Uint8Array()
const failing: SendWeb = async () => {
  throw new Error('connect ECONNREFUSED 192.0.2.1:443')
}
const SECRET = 'sesame-of-moby'
const code = { deviceCode: SECRET, userCode: 'A-B', verificationUrl: '', expiresIn: 60, interval: 0.001 }
const tokens = { accessToken: SECRET, refreshToken: SECRET, username: 'moby' }

async function reason(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    (error: unknown) => String(error),
  )
}

// The sentences are docker's; the sessions in test/parity/pty have the commonest.
describe('Docker Hub’s web login', () => {
  test.each([
    ['a device code', (tenant: Tenant) => tenant.deviceCode(), 'Post "https://login.docker.com/oauth/device/code": '],
    [
      'tokens',
      (tenant: Tenant) => tenant.tokens(code, new AbortController().signal),
      'failed to get tokens: Post "https://login.docker.com/oauth/token": ',
    ],
    [
      'a password',
      (tenant: Tenant) => tenant.password(tokens),
      'Post "https://hub.docker.com/v2/access-tokens/desktop-generate": ',
    ],
    ['revocation', (tenant: Tenant) => tenant.revoke(SECRET), 'Post "https://login.docker.com/oauth/revoke": '],
  ])('that cannot be reached for %s', async (_name, ask, expected) => {
    expect(await reason(ask(new Tenant(failing)))).toBe(`Error: ${expected}connect ECONNREFUSED 192.0.2.1:443`)
  })

  test.each([
    [400, '{"error_description":"no such thing"}', 'no such thing'],
    [500, '<h1>oops</h1>', 'unexpected response from tenant: 500 Words'],
    [403, '', 'unexpected response from tenant: 403 Words'],
    [403, '{"error_description":5}', 'unexpected response from tenant: 403 Words'],
    [403, '[]', 'unexpected response from tenant: 403 Words'],
  ])('responses %d %s', async (status, text, expected) => {
    const tenant = new Tenant(answering(status, text))
    for (const work of [tenant.deviceCode(), tenant.revoke(SECRET)])
      expect(await reason(work)).toBe(`Error: ${expected}`)
  })

  test.each([
    ['', 'failed to decode response: EOF'],
    ['{"error":"access_denied","error_description":"not you"}', 'not you'],
    ['{"error":"access_denied"}', ''],
    ['{}', 'go-jose/go-jose: compact JWS format must have three parts'],
    [`{"access_token":"${SECRET}.${SECRET}.x"}`, 'invalid character'],
  ])('has %s for tokens', async (text, expected) => {
    const said = await reason(new Tenant(answering(200, text)).tokens(code, new AbortController().signal))
    expect(said).toContain(expected)
    expect(said).not.toContain(SECRET)
  })

  test('asks more slowly when it is told to, as long as there is time', async () => {
    const responses = ['{"error":"slow_down"}', '{"error":"never asked for"}']
    const send: SendWeb = async () => ({
      statusCode: 403,
      status: '403',
      text: responses.shift() ?? '',
      bytes: noBytes,
      header: () => '',
    })
    const hasty = { ...code, expiresIn: 0.2 }
    const said = await reason(new Tenant(send).tokens(hasty, new AbortController().signal))
    expect(said).toBe('Error: timed out waiting for device token')
    expect(responses).toHaveLength(1)
  })

  test('sends a password’s token in a header, and nothing secret in an address', async () => {
    const sent: { url: string; headers: object }[] = []
    const noting: SendWeb = async (post): Promise<WebResponse> => {
      sent.push(post)
      return {
        statusCode: 201,
        status: '201 Created',
        text: '{"data":{"token":"pat"}}',
        bytes: noBytes,
        header: () => '',
      }
    }
    const tenant = new Tenant(noting)
    expect(await tenant.password(tokens)).toBe('pat')
    await reason(tenant.revoke(SECRET))
    await reason(tenant.tokens(code, new AbortController().signal))
    expect(sent.map(({ url }) => url).join()).not.toContain(SECRET)
    expect(sent[0]?.headers).toMatchObject({ Authorization: `Bearer ${SECRET}` })
  })
})
