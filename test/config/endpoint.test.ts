import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadConfigFile } from '../../src/config/config-file.ts'
import { type EndpointFlags, resolveEndpoint } from '../../src/config/endpoint.ts'
import { CertificateMaker } from '../support/certificates.ts'

const NO_FLAGS: EndpointFlags = { host: [], context: '' }

/** A directory with an authority's `ca.pem`, and a `cert.pem` with its `key.pem`. */
let certificates: string
let root: string
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'tug-certificates-'))
  const maker = new CertificateMaker(root)
  certificates = await maker.certificate('client', await maker.authority('authority'))
})
afterAll(() => rmSync(root, { recursive: true }))

const pem = (file: string) => readFileSync(join(certificates, file), 'utf8')

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-endpoint-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function resolve(flags: Partial<EndpointFlags>, env: Record<string, string> = {}, config: object = {}) {
  writeFileSync(join(dir, 'config.json'), JSON.stringify(config))
  return resolveEndpoint({ ...NO_FLAGS, ...flags }, env, loadConfigFile(dir))
}

function storeContext(name: string, docker: object, tls: Record<string, string> = {}): string {
  const id = createHash('sha256').update(name).digest('hex')
  const meta = join(dir, 'contexts', 'meta', id)
  mkdirSync(meta, { recursive: true })
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }))
  const directory = join(dir, 'contexts', 'tls', id, 'docker')
  for (const file in tls) {
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, file), tls[file] ?? '')
  }
  return id
}

describe('resolveEndpoint', () => {
  it.each([
    { host: '', expected: 'unix:///var/run/docker.sock' },
    { host: 'unix://', expected: 'unix:///var/run/docker.sock' },
    { host: 'unix:///tmp/x.sock', expected: 'unix:///tmp/x.sock' },
    { host: 'tcp://', expected: 'tcp://localhost:2375' },
    { host: 'foo', expected: 'tcp://foo:2375' },
    { host: ':1', expected: 'tcp://localhost:1' },
    { host: '127.0.0.1:1', expected: 'tcp://127.0.0.1:1' },
    { host: 'tcp://[::1]:1', expected: 'tcp://[::1]:1' },
    { host: 'tcp://[::1]', expected: 'tcp://[::1]:2375' },
    { host: 'tcp://127.0.0.1:1/foo', expected: 'tcp://127.0.0.1:1/foo' },
  ])('reads "$host" as $expected', ({ host, expected }) => {
    expect(resolve({ host: [host] }).host).toBe(expected)
    expect(resolve({}, { DOCKER_HOST: host }).host).toBe(expected)
  })

  it('prefers --host to DOCKER_HOST to DOCKER_CONTEXT to currentContext', () => {
    storeContext('remote', { Host: 'tcp://remote:1' })
    storeContext('other', { Host: 'tcp://other:1' })
    const config = { currentContext: 'remote' }
    expect(resolve({}, {}, config).host).toBe('tcp://remote:1')
    expect(resolve({}, { DOCKER_CONTEXT: 'other' }, config).host).toBe('tcp://other:1')
    expect(resolve({}, { DOCKER_CONTEXT: 'other', DOCKER_HOST: 'tcp://env:1' }, config).host).toBe('tcp://env:1')
    expect(resolve({ host: ['tcp://flag:1'] }, { DOCKER_HOST: 'tcp://env:1' }, config).host).toBe('tcp://flag:1')
    expect(resolve({ context: 'other' }, { DOCKER_HOST: 'tcp://env:1' }, config).host).toBe('tcp://other:1')
    expect(resolve({ context: 'default' }, {}, config).host).toBe('unix:///var/run/docker.sock')
  })

  it('uses TLS where the flags, DOCKER_TLS_VERIFY or the context say so', () => {
    copyFileSync(join(certificates, 'ca.pem'), join(dir, 'ca.pem'))
    expect(resolve({ host: ['foo'] }).tls).toBeUndefined()
    expect(resolve({ host: ['foo'], tls: true })).toMatchObject({ host: 'tcp://foo:2375', tls: { verify: false } })
    expect(resolve({ tls: true })).toMatchObject({ host: 'tcp://localhost:2376', tls: { verify: false } })
    expect(resolve({ host: ['foo'] }, { DOCKER_TLS_VERIFY: 'yes' })).toMatchObject({ tls: { verify: true } })
    expect(resolve({ host: ['foo'], tlsverify: true }).tls?.cert).toBeUndefined()
    const files = { 'ca.pem': pem('ca.pem'), 'cert.pem': pem('cert.pem'), 'key.pem': pem('key.pem') }
    storeContext('secure', { Host: 'tcp://secure:2376' }, files)
    expect(resolve({ context: 'secure' }).tls).toMatchObject({
      cert: Buffer.from(pem('cert.pem')),
      key: Buffer.from(pem('key.pem')),
      verify: true,
    })
  })

  it('takes certificates from DOCKER_CERT_PATH', () => {
    const { tls } = resolve({ host: ['foo'], tlsverify: true }, { DOCKER_CERT_PATH: certificates })
    expect(String(tls?.ca).trim()).toBe(pem('ca.pem').trim())
    expect([tls?.cert, tls?.key].map(String)).toEqual([pem('cert.pem'), pem('key.pem')])
  })

  it('sends the headers that config.json adds', () => {
    expect(resolve({}, {}, { HttpHeaders: { 'X-Team': 'a' } }).headers).toEqual({ 'X-Team': 'a' })
  })
})

describe('an invalid selection of a daemon', () => {
  it.each([
    [{}, 'the docker endpoint of context "low" names no host'],
    [{ Host: '' }, 'the docker endpoint of context "low" names no host'],
    [{ Host: 5 }, /Host of type string$/],
  ])('is an error for a context with the endpoint %j', (docker, message) => {
    storeContext('low', docker)
    expect(() => resolve({ context: 'low' })).toThrow(message)
    expect(() => resolve({}, { DOCKER_CONTEXT: 'low' })).toThrow(message)
    expect(() => resolve({}, {}, { currentContext: 'low' })).toThrow(message)
  })

  it('is an error for a description that is not a string, where docker panics', () => {
    const id = storeContext('low', { Host: 'tcp://low:1' })
    writeFileSync(join(dir, 'contexts', 'meta', id, 'meta.json'), '{"Metadata":{"Description":5}}')
    expect(() => resolve({ context: 'low' })).toThrow('DockerContext.Description of type string')
  })

  it('is an error if config.json selects a context but cannot be parsed', () => {
    writeFileSync(join(dir, 'config.json'), '{"currentContext":"low",')
    const config = loadConfigFile(dir)
    expect(() => resolveEndpoint(NO_FLAGS, {}, config)).toThrow('chooses a context and cannot be read')
    expect(resolveEndpoint({ ...NO_FLAGS, context: 'default' }, {}, config).host).toBe('unix:///var/run/docker.sock')
    expect(resolveEndpoint(NO_FLAGS, { DOCKER_HOST: 'tcp://a:1' }, config).host).toBe('tcp://a:1')
  })

  it('is an error if the certificates of a context cannot be read', () => {
    const id = storeContext('low', { Host: 'tcp://low:1' })
    mkdirSync(join(dir, 'contexts', 'tls', id, 'docker', 'ca.pem'), { recursive: true })
    expect(() => resolve({ context: 'low' })).toThrow('ca.pem')
  })
})

describe('a selection that docker refuses', () => {
  const FAILED = 'Failed to initialize: unable to resolve docker endpoint: '

  it.each([
    { flags: { host: ['foo://x'] }, message: `${FAILED}invalid bind address format: foo://x` },
    { flags: { host: ['http://x:1'] }, message: `${FAILED}invalid bind address format: http://x:1` },
    {
      flags: { host: ['tcp://1.2.3.4:foo'] },
      message: `${FAILED}parse "tcp://1.2.3.4:foo": invalid port ":foo" after host`,
    },
    { flags: { host: ['a', 'b'] }, message: `${FAILED}Specify only one -H` },
    {
      flags: { host: ['b'], context: 'a' },
      message: 'conflicting options: cannot specify both --host and --context',
    },
  ])('is an error for $flags', ({ flags, message }) => {
    expect(() => resolve(flags)).toThrow(expect.objectContaining({ message }))
  })

  it('is an error that names the missing file of a context or certificate', () => {
    const id = createHash('sha256').update('foo').digest('hex')
    expect(() => resolve({ context: 'foo' })).toThrow(
      `${FAILED}context "foo": context not found: open ${dir}/contexts/meta/${id}/meta.json: no such file or directory`,
    )
    expect(() => resolve({ tls: true })).toThrow(`${FAILED}open ${dir}/ca.pem: no such file or directory`)
  })
})
