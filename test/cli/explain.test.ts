import { describe, expect, test } from 'vitest'
import { explainTo } from '../../src/cli/explain.ts'
import type { Endpoint } from '../../src/domain/context/endpoint.ts'
import { recordingOutput } from '../support/output.ts'

const FILES = { ca: '/certs/ca.pem', cert: '/certs/cert.pem', key: '/certs/my key.pem' }
const LOCAL: Endpoint = { host: 'unix:///run/d.sock', address: { kind: 'unix', path: '/run/d.sock' } }
const TCP = { kind: 'tcp', hostname: 'host', port: 2376, authority: 'host:2376', basePath: '' } as const
const PEM = new Uint8Array()

interface ExplainedRequest {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Buffer
  readonly isHijacked?: boolean
  readonly endpoint?: Endpoint
}

function explain({ endpoint = LOCAL, body, isHijacked = false, ...request }: ExplainedRequest): string {
  const err = recordingOutput()
  const show = explainTo(err, endpoint, FILES)
  show({ method: 'GET', path: '/v1.45/info', headers: {}, ...request }, body, isHijacked)
  return err.text
}

const post = (path: string, body: object) => explain({ method: 'POST', path, body: JSON.stringify(body) })

describe('the connection', () => {
  test.each<[string, Endpoint, string]>([
    ['a socket', LOCAL, 'curl --unix-socket /run/d.sock http://localhost/v1.45/info\n'],
    ['TCP', { host: '', address: TCP }, 'curl http://host:2376/v1.45/info\n'],
    ['an IPv6 address', { host: '', address: { ...TCP, hostname: '::1' } }, "curl 'http://[::1]:2376/v1.45/info'\n"],
    [
      'TLS',
      { host: '', address: TCP, tls: { ca: PEM, cert: PEM, key: PEM, verify: true } },
      "curl --cacert /certs/ca.pem --cert /certs/cert.pem --key '/certs/my key.pem' https://host:2376/v1.45/info\n",
    ],
    [
      'TLS without verification',
      { host: '', address: TCP, tls: { ca: PEM, verify: false } },
      'curl --insecure https://host:2376/v1.45/info\n',
    ],
    [
      'a proxy',
      { host: '', address: TCP, proxy: { hostname: 'proxy', port: 3128, usesTls: false, authorization: 'Basic eDp5' } },
      "# *** stands for what may be a secret\ncurl --proxy http://proxy:3128 --proxy-header 'Proxy-Authorization: ***' http://host:2376/v1.45/info\n",
    ],
    [
      'ssh',
      {
        host: '',
        address: { kind: 'ssh', destination: { user: 'ada', hostname: 'host', port: '22', path: '', command: '' } },
      },
      '# forward the socket first: ssh -fNT -p 22 -L /tmp/docker.sock:/var/run/docker.sock ada@host\n' +
        'curl --unix-socket /tmp/docker.sock http://localhost/v1.45/info\n',
    ],
  ])('uses %s', (_, endpoint, text) => {
    expect(explain({ endpoint })).toBe(text)
  })
})

describe('the request', () => {
  test('has its method, headers and body', () => {
    const text = explain({ method: 'POST', path: '/x', headers: { 'Content-Type': 'text/x' }, body: `{"a":"it's"}` })
    expect(text).toContain(`-X POST -H 'Content-Type: text/x' --data-raw '{"a":"it'\\''s"}' http://localhost/x\n`)
    expect(explain({ method: 'HEAD' })).toContain('-I http')
  })

  test('keeps words that are no secrets', () => {
    const body = '{"Cmd":["--passwords-file","/a","--keep=1"],"Labels":{"app":"a"},"Env":["A=b"]}'
    expect(explain({ method: 'POST', body })).toContain(body)
  })

  test('keeps all digits of a body without secrets', () => {
    expect(explain({ method: 'POST', body: '{"Memory":9223372036854775807}' })).toContain('9223372036854775807')
  })

  test('reads a streamed body from stdin, and names a connection that curl cannot use', () => {
    expect(explain({ method: 'PUT', body: Buffer.from('tar') })).toMatch(
      /^# the body, which is not JSON.*\ncurl .* -T - /,
    )
    const hijacked = explain({ method: 'POST', isHijacked: true, body: Buffer.alloc(0) })
    expect(hijacked).toMatch(/^# the connection becomes a raw stream.*\ncurl .*-H 'Upgrade: tcp' http/)
  })

  test('leaves out a body that is too long for a command line', () => {
    const text = explain({ method: 'POST', body: JSON.stringify({ Cmd: 'x'.repeat(200_000) }) })
    expect(text.length).toBeLessThan(1000)
  })
})

describe('secrets', () => {
  test.each([
    [post('/v1.45/auth', { username: 'me', password: 'hunter2' })],
    [post('/v1.45/swarm/join', { JoinToken: 'SWMTKN-hunter2' })],
    [post('/v1.45/swarm/unlock', { UnlockKey: 'SWMKEY-hunter2' })],
    [post('/v1.45/swarm/update', { CAConfig: { SigningCAKey: 'hunter2' } })],
    [post('/v1.45/secrets/create', { Name: 's', Data: 'hunter2' })],
    [post('/v1.45/configs/create', { Name: 's', Data: 'hunter2' })],
    [post('/v1.45/containers/create', { Env: ['DB_PASSWORD=hunter2', 'A=https://me:hunter2@host/'] })],
    [post('/v1.45/volumes/create', { DriverOpts: { o: 'username=me,password=hunter2,vers=3' } })],
    [post('/v1.45/containers/create', { Labels: { 'db.password': 'hunter2' } })],
    [post('/v1.45/containers/create', { Cmd: ['mysqld', '--root-password', 'hunter2'] })],
    [post('/v1.45/containers/create', { Entrypoint: ['sh', '-c', 'run --token=hunter2 --port=80'] })],
    [explain({ headers: { 'X-Registry-Auth': 'hunter2' } })],
    [explain({ headers: { 'X-Registry-Config': 'hunter2' } })],
    [explain({ headers: { 'X-Any': 'hunter2' }, endpoint: { ...LOCAL, headers: { 'X-Any': 'hunter2' } } })],
    [explain({ path: '/build?buildargs=%7B%22A%22%3A%22hunter2%22%7D&remote=https%3A%2F%2Fme%3Ahunter2%40host' })],
    [explain({ method: 'POST', body: 'no JSON hunter2' })],
  ])('are masked in %s', (text) => {
    expect(text).not.toContain('hunter2')
    expect(text).toContain('***')
    expect(text).toMatch(/^# \*\*\* stands for what may be a secret\n/)
  })
})
