import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { buildQuery, encodeRegistryConfig } from '../../../src/builder/classic/request.ts'
import { parseArgv } from '../../../src/cli/argv/argv.ts'
import { proxiesFor } from '../../../src/config/proxies.ts'
import { classicBuildFlags } from '../../../src/flags/image/classic.ts'

interface Response {
  /** The flags, as a shell reads them. */
  typed: string
  /** The query of docker's request, when the flags are valid. */
  query?: string
  /** The first line on stderr, when they are not. */
  error?: string
}

/** Recorded from `docker build FLAGS .` (28.2.2, classic builder), with HOME=/root. */
const responses: Response[] = JSON.parse(readFileSync(new URL('golden/request.json', import.meta.url), 'utf8'))

const NO_PROXIES = {}

function wordsOf(typed: string): string[] {
  return [...typed.matchAll(/(?:'[^']*'|[^ '])+/g)].map(([word]) => word.replaceAll("'", ''))
}

function queryOf(argv: readonly string[], proxies: Readonly<Record<string, string>> = NO_PROXIES): URLSearchParams {
  const { flags } = parseArgv(argv, classicBuildFlags)
  const clientEnvironment = { dockerfile: 'Dockerfile', platform: flags.platform, env: { HOME: '/root' }, proxies }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(buildQuery(flags, clientEnvironment))) {
    for (const item of value === undefined ? [] : [value].flat()) query.append(name, String(item))
  }
  return query
}

describe('the query of the build request', () => {
  test.each(responses)('$typed', ({ typed, query, error }) => {
    if (error !== undefined) expect(() => queryOf(wordsOf(typed))).toThrow(error)
    else expect([...queryOf(wordsOf(typed))]).toEqual([...new URLSearchParams(query)])
  })
})

test('has every flag of docker build with its letter and type', () => {
  const help = readFileSync(new URL('golden/build-help.txt', import.meta.url), 'utf8')
  const documented = [...help.matchAll(/^ {2}(?:-(\w), | {4})--([a-z-]+)(?: (\w+))?(?: {2,}|$)/gm)]
  const theirs = documented.map(([, char, name, type]) => ({ name, char, type: type ?? '' }))
  const ours = Object.entries(classicBuildFlags).map(([name, { char, valueType }]) => ({ name, char, type: valueType }))
  const byName = (a: { name?: string | undefined }, b: { name?: string | undefined }) =>
    (a.name ?? '') < (b.name ?? '') ? -1 : 1
  expect(ours.sort(byName)).toEqual(theirs.sort(byName))
})

describe('proxies of config.json', () => {
  const data = {
    proxies: {
      default: { httpProxy: 'http://p:1', httpsProxy: 'https://p:2', noProxy: 'a,b', ftpProxy: 'f', allProxy: 'all' },
      'tcp://one': { httpProxy: 'http://other' },
    },
  }

  test('become build arguments in upper and lower case, unless they are typed', () => {
    const argv = ['--build-arg', 'http_proxy', '--build-arg', 'NO_PROXY=']
    const query = queryOf(argv, proxiesFor(data, 'unix:///x'))
    expect(JSON.parse(query.get('buildargs') ?? '')).toEqual({
      ...{ ALL_PROXY: 'all', FTP_PROXY: 'f', HTTPS_PROXY: 'https://p:2', HTTP_PROXY: 'http://p:1', NO_PROXY: '' },
      ...{ all_proxy: 'all', ftp_proxy: 'f', http_proxy: null, https_proxy: 'https://p:2', no_proxy: 'a,b' },
    })
  })

  test("of the daemon's host override the default ones", () => {
    expect(proxiesFor(data, 'tcp://one')).toEqual({ HTTP_PROXY: 'http://other' })
    expect(proxiesFor({}, 'tcp://one')).toEqual({})
  })
})

test("the X-Registry-Config header is URL-safe base64, with Go's escapes and padding", () => {
  const header = encodeRegistryConfig({ 'b.io': { username: '<token>' }, 'a.io': { password: '>>>???~~~é' } })
  expect(header).toMatch(/^[A-Za-z0-9_-]+=*$/)
  expect(Buffer.from(header, 'base64url').toString()).toBe(
    '{"a.io":{"password":"\\u003e\\u003e\\u003e???~~~é"},"b.io":{"username":"\\u003ctoken\\u003e"}}',
  )
  expect(encodeRegistryConfig({})).toBe('e30=')
})
