import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchWithin } from '../../support/launch.ts'
import type { RawReply, ResponseCase } from './cases.ts'

/** The outcome of a case. */
export interface ResponseOutcome {
  /** The exit code; `hangs` when the program had to be ended. */
  readonly exit: number | 'hangs'
  readonly stdout: string
  readonly stderr: string
  /** The requests that were sent, without pings and in alphabetical order: some of them are sent in parallel. */
  readonly requests: readonly string[]
  /** The files that were written. */
  readonly files: readonly string[]
}

/** How long a program may take, in milliseconds. */
export const TIME_LIMIT = 5000

/** The first byte of TLS, which these servers do not speak. */
const TLS_HANDSHAKE = '\x16'

const reply = (head: string, body = '', after: RawReply['after'] = 'keep'): RawReply => ({
  bytes: `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  after,
})
const json = (value: unknown) => reply('200 OK\r\nContent-Type: application/json', JSON.stringify(value))
const upgrade: RawReply = {
  bytes:
    'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n\x01\0\0\0\0\0\0\x04out\n',
  after: 'end',
}

/** The ordinary responses. */
const ORDINARY: readonly (readonly [request: RegExp, reply: RawReply])[] = [
  [/\/_ping/, reply('200 OK\r\nApi-Version: 1.50\r\nOstype: linux\r\nServer: Docker/28.2.2 (linux)')],
  [/POST .*\/attach|POST \/exec\/e\/start/, upgrade],
  [/POST .*\/wait/, json({ StatusCode: 0 })],
  [/POST .*\/containers\/create/, json({ Id: 'c', Warnings: [] })],
  [/POST .*\/exec/, json({ Id: 'e' })],
  [/GET \/exec/, json({ ExitCode: 0, Running: false })],
  [
    /GET \/containers\/\w+\/json/,
    json({
      Id: 'a',
      Name: '/a',
      Config: { Tty: false, OpenStdin: false },
      HostConfig: { AutoRemove: false, LogConfig: { Type: 'json-file' } },
      State: { Running: true, Paused: false, Restarting: false, Status: 'running' },
    }),
  ],
  [
    /HEAD .*\/archive/,
    reply(
      `200 OK\r\nX-Docker-Container-Path-Stat: ${Buffer.from(JSON.stringify({ name: 'f', size: 1, mode: 420, mtime: '2024-01-01T00:00:00Z', linkTarget: '' })).toString('base64')}`,
    ),
  ],
  [/GET \/(info|version)/, json({})],
  [/GET .*\/logs/, reply('200 OK')],
  [/POST /, reply('204 No Content')],
  [/./, reply('404 Not Found\r\nContent-Type: application/json', '{"message":"no such thing"}')],
]

/** A daemon on a Unix socket and on a port, whose responses are raw bytes. */
export class RawResponder {
  readonly requests: string[] = []
  readonly #servers: Server[] = []
  readonly #sockets = new Set<Socket>()
  readonly #responseCase: Pick<ResponseCase, 'request' | 'reply'>

  constructor(responseCase: Pick<ResponseCase, 'request' | 'reply'>) {
    this.#responseCase = responseCase
  }

  /** Starts to listen. @returns the value of DOCKER_HOST */
  async listen(path: string | undefined): Promise<string> {
    const server = createServer((socket) => this.#serve(socket))
    this.#servers.push(server)
    await new Promise<void>((resolve) => {
      if (path === undefined) server.listen(0, '127.0.0.1', resolve)
      else server.listen(path, resolve)
    })
    const address = server.address()
    return typeof address === 'string' ? `unix://${address}` : `tcp://127.0.0.1:${address?.port}`
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    for (const server of this.#servers) await new Promise((resolve) => server.close(resolve))
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
    let received = ''
    let isRaw = false
    socket.on('data', (chunk) => {
      if (isRaw) return
      received += chunk.toString('latin1')
      if (received.startsWith(TLS_HANDSHAKE)) return void socket.destroy()
      for (;;) {
        const end = received.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = received.slice(0, end)
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
        if (received.length < end + 4 + length) return
        received = received.slice(end + 4 + length)
        const request = (head.split(' HTTP/', 1)[0] ?? '').replace(/ \/v1\.\d+/, ' ').replace(/\?.*/, '')
        if (!request.includes('/_ping')) this.requests.push(request)
        const { bytes, after } = this.#replyTo(request)
        isRaw = /^HTTP\/1\.1 101/.test(bytes)
        if (after === 'end') socket.end(bytes, 'latin1')
        else socket.write(bytes, 'latin1')
      }
    })
  }

  #replyTo(request: string): RawReply {
    const { request: odd, reply: oddReply } = this.#responseCase
    if (odd.test(request)) return oddReply
    return ORDINARY.find(([pattern]) => pattern.test(request))?.[1] ?? reply('500 Internal Server Error')
  }
}

/**
 * Runs a case.
 * @param isLocal whether the daemon is reached over a Unix socket instead of TCP
 */
export async function runResponseCase(
  program: readonly string[],
  responseCase: ResponseCase,
  isLocal: boolean,
): Promise<ResponseOutcome> {
  const directory = await mkdtemp(join(tmpdir(), 'tug-responses-'))
  const daemon = new RawResponder(responseCase)
  try {
    const host = await daemon.listen(isLocal ? join(directory, 'd.sock') : undefined)
    const args = responseCase.args.map((arg) => arg.replace('<dir>', directory))
    const env = { HOME: directory, PATH: process.env.PATH ?? '', DOCKER_HOST: host, TZ: 'UTC', DOCKER_BUILDKIT: '0' }
    const { exit, stdout, stderr } = await run([...program, ...args], env)
    const written = await readdir(directory)
    const general = (text: string) =>
      text
        .replaceAll(encodeURIComponent(join(directory, 'd.sock')), '<host>')
        .replaceAll(host.replace(/^\w+:\/\//, ''), '<host>')
        .replaceAll(directory, '<dir>')
        // Go reports bytes after a response, at a moment that varies.
        .replace(/^.* Unsolicited response received .*\n/m, '')
    return {
      exit,
      stdout: general(stdout),
      stderr: general(stderr),
      requests: daemon.requests.toSorted(),
      files: written.filter((name) => name !== 'd.sock' && name !== '.docker').sort(),
    }
  } finally {
    await daemon.close()
    await rm(directory, { recursive: true, force: true })
  }
}

interface ProcessOutcome {
  readonly exit: number | 'hangs'
  readonly stdout: string
  readonly stderr: string
}

async function run([file = '', ...args]: readonly string[], env: Record<string, string>): Promise<ProcessOutcome> {
  const { isTimedOut, exitCode, stdout, stderr } = await launchWithin(TIME_LIMIT, { file, args, env, input: undefined })
  return { exit: isTimedOut ? 'hangs' : (exitCode ?? -1), stdout: stdout.toString(), stderr: stderr.toString() }
}
