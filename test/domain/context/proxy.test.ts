import { describe, expect, test } from 'vitest'
import { proxyFor } from '../../../src/domain/context/proxy.ts'

const PROXY = 'http://proxy.test:3128'

function server(host: string, usesTls = false) {
  const [, hostname = '', port] = /^\[?(.*?)\]?:(\d+)$/.exec(host) ?? []
  return { hostname, port: Number(port), usesTls }
}

const isProxied = (host: string, env: Record<string, string>) => proxyFor(server(host), env) !== undefined

describe('proxyFor', () => {
  // Recorded from docker 28.2.2 with a proxy that logs requests.
  test.each<[noProxy: string, host: string, isProxied: boolean]>([
    ['', 'a.test:1', true],
    ['', 'localhost:1', false],
    ['', 'LOCALHOST:1', true],
    ['', '127.0.0.1:1', false],
    ['', '127.8.9.1:1', false],
    ['', '[::1]:1', false],
    ['', '10.98.0.1:1', true],
    ['*', 'a.test:1', false],
    ['a.test', 'a.test:1', false],
    ['a.test', 'b.a.test:1', false],
    ['a.test', 'xa.test:1', true],
    ['a.test', 'A.TEST:1', false],
    ['.a.test', 'a.test:1', true],
    ['.a.test', 'b.a.test:1', false],
    ['*.a.test', 'a.test:1', true],
    ['*.a.test', 'b.a.test:1', false],
    ['a.test:1', 'a.test:1', false],
    ['a.test:1', 'a.test:2', true],
    ['.test:2', 'a.test:1', true],
    ['.test:2', 'a.test:2', false],
    ['10.98.0.1', '10.98.0.1:1', false],
    ['10.98.0.1', '10.98.0.2:1', true],
    ['10.98.0.1:2', '10.98.0.1:1', true],
    ['10.98.0.1:2', '10.98.0.1:2', false],
    ['10.98.0.0/30', '10.98.0.1:1', false],
    ['10.98.0.0/30', '10.98.0.9:1', true],
    ['x, a.test ,y', 'a.test:1', false],
    ['X,A.Test', 'a.test:1', false],
    ['test', 'a.test:1', false],
    ['[fd00::1]', '[fd00::1]:1', true],
    ['fd00::1', '[fd00::1]:1', false],
    ['fd00::/8', '[fd00::1]:1', false],
    ['[fd00::1]:2', '[fd00::1]:1', true],
    ['[fd00::1]:2', '[fd00::1]:2', false],
    ['a.test.', 'a.test:1', true],
    ['a.test', 'a.test.:1', true],
    [',,', 'a.test:1', true],
    [':1', 'a.test:1', true],
    ['10.98.0.0/99', '10.98.0.1:1', true],
    ['*.*', 'a.test:1', true],
    ['.', 'a.test:1', true],
    ['*.', 'a.test:1', true],
    ['a.*', 'a.test:1', true],
    ['a.test:x', 'a.test:1', true],
    ['::ffff:10.98.0.1', '10.98.0.1:1', false],
  ])('NO_PROXY=%s, %s: %s', (noProxy, host, expected) => {
    expect(isProxied(host, { HTTP_PROXY: PROXY, NO_PROXY: noProxy })).toBe(expected)
  })

  test.each<[env: Record<string, string>, isProxied: boolean]>([
    [{ http_proxy: PROXY }, true],
    [{ HTTP_PROXY: PROXY, no_proxy: 'a.test' }, false],
    [{ HTTP_PROXY: '', http_proxy: PROXY }, true],
    [{ HTTPS_PROXY: PROXY }, false],
    [{ ALL_PROXY: PROXY }, false],
    [{}, false],
  ])('%j: %s', (env, expected) => {
    expect(isProxied('a.test:1', env)).toBe(expected)
  })
})

test.each([
  [PROXY, { hostname: 'proxy.test', port: 3128, usesTls: false, authorization: '' }],
  ['proxy.test:3128', { hostname: 'proxy.test', port: 3128, usesTls: false, authorization: '' }],
  ['127.0.0.1:3128', { hostname: '127.0.0.1', port: 3128, usesTls: false, authorization: '' }],
  ['http://proxy.test', { hostname: 'proxy.test', port: 80, usesTls: false, authorization: '' }],
  ['https://proxy.test/', { hostname: 'proxy.test', port: 443, usesTls: true, authorization: '' }],
  ['http://[::1]:8080', { hostname: '::1', port: 8080, usesTls: false, authorization: '' }],
  ['u:p%40@proxy.test:1', { hostname: 'proxy.test', port: 1, usesTls: false, authorization: 'Basic dTpwQA==' }],
])('parses %s', (typed, expected) => {
  expect(proxyFor(server('a.test:1', true), { HTTPS_PROXY: typed })).toEqual(expected)
})

test('refuses HTTP_PROXY in a CGI environment, and SOCKS proxies', () => {
  const ask = (env: Record<string, string>) => () => proxyFor(server('a.test:1'), env)
  expect(ask({ HTTP_PROXY: PROXY, REQUEST_METHOD: 'GET' })).toThrow(
    'refusing to use HTTP_PROXY value in CGI environment',
  )
  expect(ask({ HTTP_PROXY: 'socks5://a.test:1' })).toThrow('SOCKS proxies are not supported: socks5://a.test:1')
})
