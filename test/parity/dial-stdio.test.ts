import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CertificateMaker } from '../support/certificates.ts'
import { needTools } from '../support/engines/packages.ts'
import { programs } from '../support/run.ts'

describe.each(programs)('system dial-stdio of $name', ({ command: [file, ...words] }) => {
  let directory: string
  let server: Server | undefined
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tug-dial-'))
  })
  afterEach(async () => {
    server?.close()
    await rm(directory, { recursive: true })
  })

  /** Runs the command against a daemon that handles each connection with `serve`. stdin stays open. */
  const start = async (serve: (socket: Socket) => void, kind: 'unix' | 'tcp' | 'tls' = 'unix') => {
    const socketPath = join(directory, 'd.sock')
    const connected = (socket: Socket) => serve(socket.on('error', () => {}))
    const certificates = kind === 'tls' ? await makeCertificates(directory) : undefined
    server = certificates
      ? createTlsServer({ ...certificates, allowHalfOpen: true }, connected)
      : createServer({ allowHalfOpen: true }, connected)
    await once(kind === 'unix' ? server.listen(socketPath) : server.listen(0, '127.0.0.1'), 'listening')
    const address = server.address()
    const host = typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${address?.port}`
    const child = spawn(file, [...words, 'system', 'dial-stdio'], {
      env: {
        ...{ HOME: directory, PATH: process.env.PATH, DOCKER_HOST: host },
        ...(certificates ? { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates.directory } : {}),
      },
    })
    child.stdin.on('error', () => {})
    const closed = once(child, 'close').then(([exitCode, signal]) => exitCode ?? signal)
    const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(([stdout, stderr, exitCode]) => ({
      stdout,
      stderr,
      exitCode,
    }))
    ended.catch(() => {})
    return { child, ended, closed }
  }

  test.each([
    'unix',
    'tcp',
    'tls',
  ] as const)('half-closes a %s connection at the end of stdin, and prints what the daemon sends afterwards', async (kind) => {
    const respond = (socket: Socket) => void text(socket).then((request) => socket.end(`received ${request}`))
    const { child, ended } = await start(respond, kind)
    child.stdin.end('request')
    expect(await ended).toEqual({ stdout: 'received request', stderr: '', exitCode: 0 })
  })

  test('exits when the daemon ends its side, although stdin is open and the daemon still reads', async () => {
    const { ended } = await start((socket) => socket.resume().end('bye'))
    expect(await ended).toEqual({ stdout: 'bye', stderr: '', exitCode: 0 })
  })

  test('copies 50 MB in both directions at once', async () => {
    const { child, ended } = await start((socket) => socket.pipe(socket))
    const block = Buffer.alloc(1_000_000, 'x')
    for (let count = 0; count < 50; count++) if (!child.stdin.write(block)) await once(child.stdin, 'drain')
    child.stdin.end()
    const { stdout, stderr, exitCode } = await ended
    expect({ length: stdout.length, stderr, exitCode }).toEqual({ length: 50_000_000, stderr: '', exitCode: 0 })
  })

  test('reports a connection that the daemon resets', async () => {
    const { child, ended } = await start((socket) => socket.once('data', () => socket.resetAndDestroy()), 'tcp')
    child.stdin.write('x')
    const { stderr, exitCode } = await ended
    const connection = 'tcp 127\\.0\\.0\\.1:\\d+->127\\.0\\.0\\.1:\\d+'
    expect(stderr).toMatch(
      RegExp(`^error while Copy \\(stream to stdout\\): .*read ${connection}: read: connection reset by peer\n$`, 'm'),
    )
    expect(exitCode).toBe(1)
  })

  test('ends like a program that SIGPIPE ended when stdout is closed', async () => {
    const { child, closed } = await start((socket) => {
      const write = () => socket.write('x'.repeat(100_000), () => setImmediate(write))
      write()
    })
    child.stdout.destroy()
    // Go's programs are ended by the signal itself.
    expect([141, 'SIGPIPE']).toContain(await closed)
  })
})

/** Creates a certificate for this machine, in a directory with the authority's, as DOCKER_CERT_PATH needs it. */
async function makeCertificates(parent: string) {
  await needTools(['openssl'], () => {})
  const maker = new CertificateMaker(parent)
  const directory = await maker.certificate('daemon', await maker.authority('authority'))
  const [key, cert] = await Promise.all(['key.pem', 'cert.pem'].map((name) => readFile(join(directory, name))))
  return { directory, ...(key && cert ? { key, cert } : {}) }
}
