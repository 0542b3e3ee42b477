import { expect, test } from 'vitest'
import type { WebRequest } from '../../src/registry/http-client.ts'
import { sendFollowingRedirects } from '../../src/registry/redirects.ts'

/** Sends a request to servers that redirect with a status and a location, by URL. Returns the requests. */
async function follow(request: Partial<WebRequest>, redirects: Readonly<Record<string, readonly [number, string]>>) {
  const requests: WebRequest[] = []
  const first = { method: 'GET', url: 'https://a/', headers: { Authorization: 'Basic x', Accept: 'y' } } as const
  await sendFollowingRedirects({ ...first, ...request }, async (sent) => {
    requests.push(sent)
    const [statusCode, location] = redirects[sent.url] ?? [200, '']
    return { statusCode, status: '', header: (name) => (name === 'location' ? location : '') }
  })
  return requests.map(({ method, url, headers, body }) =>
    [method, url, headers.Authorization ?? '', body ?? ''].join(' ').trimEnd(),
  )
}

test.each([301, 302, 303, 307, 308])('sends credentials only to their own origin after %i', async (status) => {
  expect(await follow({}, { 'https://a/': [status, '/b'], 'https://a/b': [status, 'https://a:443/c'] })).toEqual([
    'GET https://a/ Basic x',
    'GET https://a/b Basic x',
    'GET https://a/c Basic x',
  ])
  for (const otherUrl of ['http://a/b', 'https://a:444/b', 'https://b.a/b', '//b/b']) {
    const [, second] = await follow({}, { 'https://a/': [status, otherUrl] })
    expect(second).toBe(`GET ${new URL(otherUrl, 'https://a/').href}`)
  }
  const back = await follow({}, { 'https://a/': [status, 'https://b/'], 'https://b/': [status, 'https://a/c'] })
  expect(back.at(-1)).toBe('GET https://a/c')
})

test('repeats a body only for its own origin', async () => {
  const post = { method: 'POST', body: 'password=x' } as const
  expect(await follow(post, { 'https://a/': [307, '/b'] })).toEqual([
    'POST https://a/ Basic x password=x',
    'POST https://a/b Basic x password=x',
  ])
  expect(await follow(post, { 'https://a/': [302, 'https://b/'] })).toEqual([
    'POST https://a/ Basic x password=x',
    'GET https://b/',
  ])
  for (const otherUrl of ['http://a/', 'https://b/']) {
    await expect(follow(post, { 'https://a/': [308, otherUrl] })).rejects.toThrow('redirects to another server')
  }
})

test.each(['file:///etc/passwd', 'data:,x', 's3://b/x'])('does not follow a redirect to %s', async (location) => {
  await expect(follow({}, { 'https://a/': [302, location] })).rejects.toThrow('unsupported protocol scheme')
})

test('stops after ten requests and at an invalid location', async () => {
  await expect(follow({}, { 'https://a/': [302, '/'] })).rejects.toThrow('stopped after 10 redirects')
  await expect(follow({}, { 'https://a/': [302, 'http://['] })).rejects.toThrow(
    'failed to parse Location header "http://["',
  )
})
