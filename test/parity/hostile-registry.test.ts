import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FakeBuildKit } from '../support/buildkit-daemon.ts'
import type { SessionReader } from '../support/buildkit-session.ts'
import { FakeDaemon } from '../support/fake-daemon.ts'
import { programs, Shell } from '../support/run.ts'
import { dockerOfBuildKit } from './buildkit.ts'

/** Secrets that must not be sent to another server. */
const FILE_TOKEN = 'token-of-a-file-1'
const PASSWORD = 'password-sesame-2'
const BASIC = Buffer.from(`me:${PASSWORD}`).toString('base64')

let dir: string
let servers: Server[]
/** All requests that the servers received: `host:port METHOD URL authorization body`. */
let received: string[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'tug-hostile-'))
  servers = []
  received = []
  mkdirSync(join(dir, 'cwd'))
  writeFileSync(join(dir, 'cwd/Dockerfile'), 'FROM scratch\n')
  writeFileSync(join(dir, 'x.json'), JSON.stringify({ token: FILE_TOKEN, access_token: FILE_TOKEN }))
})
afterEach(async () => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(dir, { recursive: true })
})

/** Starts a server on this machine and returns its `host:port`. */
async function serve(respond: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString()
    const { method, url, headers } = request
    received.push([headers.host, method, url, headers.authorization, body].filter(Boolean).join(' '))
    respond(request, response)
  })
  servers.push(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** A registry that requires a token from the realm and has no manifests. */
const challenging = (realm: string) =>
  serve((_, response) => {
    response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}",service="s"` }).end()
  })

describe.each(programs)('$name', (program) => {
  async function run(line: string, registry = ''): Promise<{ output: string; exitCode: number }> {
    const shell = await Shell.open(program, {})
    mkdirSync(shell.configDirectory)
    writeFileSync(
      join(shell.configDirectory, 'config.json'),
      JSON.stringify({ auths: { [registry]: { auth: BASIC } } }),
    )
    try {
      const { stdout, stderr, exitCode } = await shell.run(line, { cwd: join(dir, 'cwd'), timeout: 30_000 })
      return { output: stdout + stderr, exitCode }
    } finally {
      await shell.close()
    }
  }

  /** Runs a build whose daemon requests tokens from the client. */
  async function fetchTokens(host: string, realms: readonly string[]): Promise<string[]> {
    const tokens: string[] = []
    const asks = async (session: SessionReader) => {
      for (const realm of realms) tokens.push(await session.token(host, realm))
    }
    const buildkit = new FakeBuildKit({ asks })
    const daemon = new FakeDaemon({ replies: dockerOfBuildKit, buildkit })
    try {
      await run(`tug -H ${await daemon.listen()} build .`, host)
    } finally {
      buildkit.close()
      await daemon.close()
    }
    return tokens
  }

  const realms = () => [
    `file://${dir}/x.json`,
    `FILE:${dir}/x.json`,
    `data:application/json,{"token":"${FILE_TOKEN}"}`,
    's3://bucket/x.json',
    `${dir}/x.json`,
    'x.json',
    '',
  ]

  test('a realm that is not an http or https URL is not fetched', async () => {
    for (const realm of realms()) {
      for (const withLogin of [false, true]) {
        const registry = await challenging(realm)
        const { output, exitCode } = await run(
          `tug manifest inspect --insecure ${registry}/evil/x`,
          withLogin ? registry : '',
        )
        expect(output).toMatch(/unsupported protocol scheme|no realm specified/)
        expect(exitCode).toBe(1)
      }
    }
    expect(received.filter((line) => line.includes(FILE_TOKEN))).toEqual([])
  })

  test('a realm from the daemon that is not an http or https URL is not fetched', async () => {
    for (const host of ['evil.example', 'other.example']) {
      const tokens = await fetchTokens(host, realms())
      expect(tokens).toHaveLength(realms().length)
      for (const token of tokens) expect(token).toMatch(/unsupported protocol scheme|no realm specified/)
    }
  })

  test('a redirect of a token endpoint reads no file and carries no password', async () => {
    const elsewhere = await serve((_, response) => response.end('{"token":"t"}'))
    for (const status of [301, 302, 303, 307, 308]) {
      for (const location of [`file://${dir}/x.json`, `http://${elsewhere}/token`]) {
        const issuer = await serve((_, response) => response.writeHead(status, { location }).end())
        const registry = await challenging(`http://${issuer}/token`)
        await run(`tug manifest inspect --insecure ${registry}/evil/x`, registry)
        const [token = ''] = await fetchTokens(registry, [`http://${issuer}/token`])
        expect(token).not.toContain(FILE_TOKEN)
      }
    }
    expect(received.filter((line) => line.includes(FILE_TOKEN))).toEqual([])
    const there = received.filter((line) => line.startsWith(elsewhere))
    expect(there.length).toBeGreaterThan(0)
    expect(there.filter((line) => line.includes(BASIC) || line.includes(PASSWORD))).toEqual([])
  })

  test('redirects of a registry carry no credentials to another origin and are limited', async () => {
    const elsewhere = await serve((_, response) => response.writeHead(404).end('{}'))
    const registry = await serve((request, response) => {
      const isPing = request.url === '/v2/'
      if (isPing) response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end()
      else
        response
          .writeHead(307, { location: request.url?.includes('loop') ? '/v2/loop' : `http://${elsewhere}/x` })
          .end()
    })
    await run(`tug manifest inspect --insecure ${registry}/evil/x`, registry)
    const { output } = await run(`tug manifest inspect --insecure ${registry}/loop/x`, registry)
    expect(output).toContain('stopped after 10 redirects')
    expect(received.some((line) => line.startsWith(`${registry} GET /v2/evil`) && line.includes(BASIC))).toBe(true)
    const there = received.filter((line) => line.startsWith(elsewhere))
    expect(new Set(there)).toEqual(new Set([`${elsewhere} GET /x`]))
  })

  // The messages are docker 28.2.2's.
  test.each([
    ['with a handshake failure', '\x15\x03\x03\x00\x02\x02\x28', 'remote error: tls: handshake failure'],
    ['for the version', '\x15\x03\x03\x00\x02\x02\x46', 'remote error: tls: protocol version not supported'],
    ['for the name', '\x15\x03\x03\x00\x02\x02\x70', 'remote error: tls: unrecognized name'],
    ['with neither TLS nor HTTP', 'garbage here\r\n', 'tls: first record does not look like a TLS handshake'],
    ['by closing the connection', '', 'EOF'],
  ])('a registry that refuses TLS %s is reported for what it is', async (_, bytes, reason) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end(Buffer.from(bytes, 'latin1')))
    })
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const registry = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    try {
      for (const flags of ['', '--insecure ']) {
        expect(await run(`tug manifest inspect ${flags}${registry}/a/b`)).toEqual({
          output: `failed to configure transport: error pinging v2 registry: Get "https://${registry}/v2/": ${reason}\n`,
          exitCode: 1,
        })
        const { output } = await run(`tug manifest create ${flags}${registry}/a/list ${registry}/a/b`)
        expect(output).toContain(`Get "https://${registry}/v2/": ${reason}\n`)
      }
    } finally {
      server.close()
    }
  })

  test('an endless response is not kept in memory', async () => {
    const registry = await serve((request, response) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' })
      if (request.url === '/v2/') return void response.end()
      const piece = Buffer.alloc(1024 * 1024, ' ')
      const more = () => {
        while (!response.destroyed && response.write(piece));
        response.once('drain', more)
      }
      more()
    })
    const { output, exitCode } = await run(`tug manifest inspect --insecure ${registry}/evil/x`)
    expect(output).toContain('the response is larger than')
    expect(exitCode).toBe(1)
  })

  test('a token that contains a line break is refused', async () => {
    const issuer = await serve((_, response) => response.end(JSON.stringify({ token: 'a\r\nX-Evil: b' })))
    const registry = await challenging(`http://${issuer}/token`)
    const { output } = await run(`tug manifest inspect --insecure ${registry}/evil/x`)
    expect(output).toContain('net/http: invalid header field value for "Authorization"')
  })

  test('the password of a build context stays with its origin, and redirects lead only to http and https', async () => {
    const elsewhere = await serve((_, response) => response.end('FROM scratch\n'))
    for (const location of [`file://${dir}/x.json`, `http://${elsewhere}/Dockerfile`, '/loop']) {
      const first = await serve((_, response) => response.writeHead(302, { location }).end())
      const daemon = new FakeDaemon({ replies: { 'POST /build': { lines: [] } }, headers: { 'Builder-Version': '1' } })
      const host = await daemon.listen()
      try {
        const line = `DOCKER_BUILDKIT=0 tug -H ${host} build http://me:${PASSWORD}@${first}/x`
        const { output, exitCode } = await run(line)
        expect(output).not.toContain(PASSWORD)
        const isHere = location.startsWith('http:')
        expect(exitCode, output).toBe(isHere ? 0 : 1)
        if (!isHere) expect(output).toMatch(/unsupported protocol scheme "file"|stopped after 10 redirects/)
        expect(JSON.stringify(daemon.requests)).not.toContain(FILE_TOKEN)
      } finally {
        await daemon.close()
      }
    }
    expect(received.filter((line) => line.startsWith(elsewhere))).toEqual([expect.not.stringContaining('Basic')])
    expect(received.filter((line) => line.includes(BASIC)).length).toBeGreaterThan(2)
  })

  test('a proxy is not used for this machine, and its password is not printed', async () => {
    const proxy = await serve((_, response) => response.end('FROM scratch\n'))
    const registry = await challenging('Basic realm="r"')
    const through = (address: string, line: string) => `HTTP_PROXY=${address} HTTPS_PROXY=${address} ${line}`
    await run(through(`http://me:${PASSWORD}@${proxy}`, `tug manifest inspect --insecure ${registry}/a/b`), registry)
    expect(received.filter((line) => line.startsWith(proxy))).toEqual([])
    expect(received.filter((line) => line.startsWith(registry)).length).toBeGreaterThan(0)
    const proxies = [`me:${PASSWORD}@${proxy}`, `http://me:${PASSWORD}@[bad`, `socks5://me:${PASSWORD}@127.0.0.1:1`]
    const context = 'DOCKER_BUILDKIT=0 tug -D -H unix:///nope build http://example.com/x'
    for (const address of proxies) {
      for (const line of [context, 'tug manifest inspect registry.example.com/a/b']) {
        const { output } = await run(through(`'${address}'`, line))
        expect(output).not.toContain(PASSWORD)
        expect(output).toMatch(/proxyconnect tcp|SOCKS proxies are not supported|EOF|connect to the Docker daemon/)
      }
    }
    expect(received.filter((line) => line.startsWith('example.com'))).toEqual(['example.com GET http://example.com/x'])
  })
})
