import { once } from 'node:events'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isReference } from '../../parity/programs.ts'
import { CertificateMaker } from '../../support/certificates.ts'
import { needTools } from '../../support/engines/packages.ts'
import { programs } from '../../support/run.ts'
import { type FaultFixture, openFaultFixture } from './fixture.ts'

const HEADER = 'CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES\n'

describe.each(programs)('$name', (program) => {
  let fixture: FaultFixture
  let good = ''
  let stranger = ''
  let anonymous = ''
  const servers: Server[] = []
  let namedCertificate = ''
  const ports = { open: 0, picky: 0, expired: 0, plain: 0, named: 0, proxy: 0 }
  /** The servers and credentials in the proxy's requests. */
  const proxyRequests: string[] = []

  beforeAll(async () => {
    await needTools(['openssl'], () => {})
    fixture = await openFaultFixture(program)
    const maker = new CertificateMaker(fixture.directory)
    const ca = await maker.authority('ca')
    const otherCa = await maker.authority('other-ca')
    good = await maker.certificate('good', ca)
    stranger = await maker.certificate('stranger', otherCa)
    anonymous = join(fixture.directory, 'anonymous')
    await mkdir(anonymous)
    await copyFile(join(ca, 'ca.pem'), join(anonymous, 'ca.pem'))
    const expired = await maker.certificate('expired', ca, '-1')
    ports.open = await serve(createServer(await identity(good), response), '0.0.0.0')
    ports.picky = await serve(
      createServer({ ...(await identity(good)), ca: await readFile(join(ca, 'ca.pem')), requestCert: true }, response),
    )
    ports.expired = await serve(createServer(await identity(expired), response))
    ports.plain = await serve(createHttpServer(response))
    namedCertificate = await maker.certificate('named', ca, undefined, 'DNS:daemon.test')
    ports.named = await serve(createServer(await identity(namedCertificate), response))
    ports.proxy = await serve(createHttpServer().on('connect', tunnel))
  })
  afterAll(async () => {
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
    await fixture.close()
  })

  /** Connects to this machine, whatever the requested name is. */
  const tunnel = ({ url = '', headers }: IncomingMessage, client: Duplex) => {
    proxyRequests.push(`${url} ${headers['proxy-authorization']?.replace('Basic ', '')}`)
    if (url.startsWith('refused')) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')
      return
    }
    const server = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    for (const end of [client, server]) end.on('error', () => {})
  }

  const serve = async (server: Server, host = '127.0.0.1'): Promise<number> => {
    servers.push(server)
    await once(server.listen(0, host), 'listening')
    const address = server.address()
    return address !== null && typeof address === 'object' ? address.port : 0
  }

  const run = (line: string, port: number, certificates = '') =>
    fixture.shell.run(`DOCKER_HOST=tcp://127.0.0.1:${port} DOCKER_CERT_PATH=${certificates} ${line}`)

  test.each([
    ['DOCKER_TLS_VERIFY=1', 'tug ps'],
    ['DOCKER_TLS=1', 'tug ps'],
    ['', 'tug --tlsverify ps'],
    ['', 'tug --tls ps'],
  ])('sends the client certificate with %s %s', async (settings, line) => {
    expect(await run(`${settings} ${line}`, ports.picky, good)).toEqual({ exitCode: 0, stdout: HEADER, stderr: '' })
  })

  const requestError = (port: number) => `Get "https://127.0.0.1:${port}/v1.50/containers/json"`

  test('refuses a certificate of an unknown authority', async () => {
    const outcome = await run('DOCKER_TLS_VERIFY=1 tug ps', ports.open, stranger)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toBe(
      `error during connect: ${requestError(ports.open)}: tls: failed to verify certificate: x509: certificate signed by unknown authority\n`,
    )
  })

  test('accepts every certificate with --tls, which does not verify', async () => {
    const outcome = await run('tug --tls ps', ports.open, stranger)
    expect(outcome).toEqual({ exitCode: 0, stdout: HEADER, stderr: '' })
  })

  test('refuses an expired certificate', async () => {
    const outcome = await run('DOCKER_TLS_VERIFY=1 tug ps', ports.expired, good)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toMatch(
      /^error during connect: Get "[^"]+": tls: failed to verify certificate: x509: certificate has expired or is not yet valid/,
    )
  })

  test('refuses a certificate without the name of the host', async () => {
    const outcome = await fixture.shell.run(
      `DOCKER_HOST=tcp://127.0.0.2:${ports.open} DOCKER_CERT_PATH=${good} DOCKER_TLS_VERIFY=1 tug ps`,
    )
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `error during connect: Get "https://127.0.0.2:${ports.open}/v1.50/containers/json": tls: failed to verify certificate: x509: certificate is valid for 127.0.0.1, not 127.0.0.2\n`,
    })
  })

  test('reports that the daemon requires a client certificate', async () => {
    const outcome = await run('DOCKER_TLS_VERIFY=1 tug ps', ports.picky, anonymous)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toMatch(/^error during connect: Get "[^"]+": remote error: tls: certificate required\n$/)
  })

  test('reports a daemon without TLS', async () => {
    const outcome = await run('DOCKER_TLS_VERIFY=1 tug ps', ports.plain, good)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toBe(
      `error during connect: ${requestError(ports.plain)}: http: server gave HTTP response to HTTPS client\n`,
    )
  })

  test('reports the URL of a plain HTTP request to a TLS daemon', async () => {
    const outcome = await run('tug ps', ports.open)
    expect(outcome.exitCode).toBe(1)
    expect(outcome.stderr).toContain(`Get "http://127.0.0.1:${ports.open}/v1.50/containers/json": `)
  })

  test.skipIf(isReference(program.command))('prints a hint about TLS on a terminal', async () => {
    const screenOf = async (settings: string, port: number) => {
      const terminal = fixture.shell.terminal(`env DOCKER_HOST=tcp://127.0.0.1:${port} ${settings} tug ps`, {
        columns: 200,
      })
      await terminal.exit()
      return terminal.screen()
    }
    expect(await screenOf(`DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${good}`, ports.plain)).toContain(
      'hint: the daemon speaks plain HTTP there',
    )
    expect(await screenOf('', ports.open)).toContain('hint: the daemon may want TLS')
  })

  test('connects through a proxy, which receives only the name of the server', async () => {
    proxyRequests.length = 0
    const outcome = await fixture.shell.run(
      `DOCKER_HOST=tcp://daemon.test:${ports.named} DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${namedCertificate} HTTPS_PROXY=me:word@127.0.0.1:${ports.proxy} tug ps`,
    )
    expect(outcome).toEqual({ exitCode: 0, stdout: HEADER, stderr: '' })
    expect(new Set(proxyRequests)).toEqual(new Set([`daemon.test:${ports.named} ${btoa('me:word')}`]))
  })

  test('reports the error of a proxy', async () => {
    const outcome = await fixture.shell.run(
      `DOCKER_HOST=tcp://refused.test:1 DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=${namedCertificate} HTTPS_PROXY=127.0.0.1:${ports.proxy} tug ps`,
    )
    expect(outcome).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'error during connect: Get "https://refused.test:1/v1.50/containers/json": Proxy Authentication Required\n',
    })
  })

  test('reports a missing certificate file', async () => {
    const missing = await run('DOCKER_TLS_VERIFY=1 tug ps', ports.open, '/nonexistent')
    expect(missing).toEqual({
      exitCode: 1,
      stdout: '',
      stderr:
        'Failed to initialize: unable to resolve docker endpoint: open /nonexistent/ca.pem: no such file or directory\n',
    })
  })
})

async function identity(directory: string): Promise<ServerOptions> {
  return { cert: await readFile(join(directory, 'cert.pem')), key: await readFile(join(directory, 'key.pem')) }
}

function response(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'Api-Version': '1.50', 'Content-Type': 'application/json' })
  response.end(request.method === 'HEAD' ? '' : '[]')
}
