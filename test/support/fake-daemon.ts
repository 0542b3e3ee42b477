import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { compareVersions } from '../../src/domain/system/api-version.ts'
import { recordRequest, type WireRequest } from './fake-recording.ts'
import { bodyChunks, failure, keyMatches, type Replies, type Reply, ReplyTable } from './fake-replies.ts'

export interface FakeDaemonOptions {
  readonly replies?: Replies
  /** The newest API version that the daemon announces. */
  readonly apiVersion?: string
  /** The oldest API version that the daemon serves. It refuses requests with an older one as the Engine does. */
  readonly minApiVersion?: string
  /**
   * Headers of every response, which override `Api-Version`, `Ostype`, `Builder-Version` and so on; `null` removes one.
   */
  readonly headers?: Readonly<Record<string, string | null>>
  /** Takes the connections of a BuildKit client; without it the daemon has no BuildKit. */
  readonly buildkit?: {
    serveControl(socket: Socket): void
    /** @param headers with every value of a repeated header */
    serveSession(socket: Socket, headers: IncomingMessage['headersDistinct']): void
  }
  /** Called when a reply with `signal` is about to be sent. */
  readonly onSignal?: (signal: NodeJS.Signals) => void
}

/**
 * A Docker daemon that responds from a table and records the requests. It serves `_ping` itself; a request that is not
 * in the table gets the Engine's `404 page not found`.
 */
export class FakeDaemon {
  /** Every request, in the order in which their header sections arrived. */
  readonly requests: WireRequest[] = []
  /** The value for DOCKER_HOST; it is valid once the daemon listens. */
  host = 'unix:///nowhere/docker.sock'
  readonly #options: FakeDaemonOptions
  readonly #table: ReplyTable
  readonly #sockets = new Set<Duplex>()
  readonly #waiting = new Set<() => void>()
  readonly #received: string[] = []
  readonly #server = createServer()

  constructor(options: FakeDaemonOptions = {}) {
    this.#options = options
    this.#table = new ReplyTable(options.replies ?? {})
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('request', (request, response) => this.#guarded(request.socket, this.#respond(request, response)))
    this.#server.on('upgrade', (request, socket, head) => this.#guarded(socket, this.#hijack(request, socket, head)))
  }

  /** Listens on a unix socket, or without a path on a free TCP port of 127.0.0.1. Returns the value for DOCKER_HOST. */
  listen(socketPath?: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      const listening = () => {
        this.host = socketPath ? `unix://${socketPath}` : `tcp://127.0.0.1:${portOf(this.#server.address())}`
        resolve(this.host)
      }
      if (socketPath) this.#server.listen(socketPath, listening)
      else this.#server.listen(0, '127.0.0.1', listening)
    })
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const slot = this.#reserve()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const recorded = await this.#record(slot, request, Buffer.concat(chunks))
    const reply = this.#replyTo(recorded)
    if (reply.fail === 'close-before-response') return void request.socket.destroy()
    if (reply.fail === 'hang' && bodyChunks(reply).length === 0) return
    response.writeHead(reply.status ?? 200, { ...this.#commonHeaders(), ...contentType(reply), ...reply.headers })
    if (reply.after || reply.fail) response.flushHeaders()
    await this.#until(reply.after)
    if (request.method === 'HEAD') return void response.end()
    for (const chunk of bodyChunks(reply)) response.write(chunk)
    for await (const chunk of reply.stream ?? []) response.write(chunk)
    if (reply.fail === 'hang') return
    if (reply.fail === 'close-mid-response') return void request.socket.destroySoon()
    response.end()
  }

  async #hijack(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.#isTakenByBuildKit(request, socket, head)) return
    const slot = this.#reserve()
    this.#sockets.add(socket)
    socket.on('error', () => {})
    const wanted = Number(request.headers['content-length'] ?? 0)
    const input = new Input(socket, head)
    const recorded = await this.#record(slot, request, await input.take(wanted))
    const reply = this.#replyTo(recorded)
    if (reply.fail === 'close-before-response') return void socket.destroy()
    if (!reply.hijack) return void socket.end(plainResponse(reply, this.#commonHeaders()))
    const streamType = reply.frames ? 'multiplexed' : 'raw'
    socket.write(
      `HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.${streamType}-stream\r\n` +
        `Connection: Upgrade\r\nUpgrade: tcp\r\n${headerLines(this.#commonHeaders())}\r\n`,
    )
    if (reply.readsStdin) recorded.stdin = (await input.takeAll()).toString()
    await this.#until(reply.after)
    if (reply.readsStdin) this.#report(`STDIN ${recorded.path}`)
    for (const chunk of bodyChunks(reply)) socket.write(chunk)
    if (reply.fail === 'hang') return
    socket.end()
  }

  /** Hands upgraded `/grpc` and `/session` connections to BuildKit, which keeps its own records. */
  #isTakenByBuildKit(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const { buildkit } = this.#options
    const service = /\/(grpc|session)$/.exec(request.url ?? '')?.[1]
    if (!buildkit || !service || !(socket instanceof Socket)) return false
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
    if (head.length > 0) socket.unshift(head)
    if (service === 'grpc') buildkit.serveControl(socket)
    else buildkit.serveSession(socket, request.headersDistinct)
    return true
  }

  /** Reserves a position in `requests` for a request whose body is still arriving. */
  #reserve(): number {
    return this.requests.push({ method: '', path: '' }) - 1
  }

  async #record(slot: number, request: IncomingMessage, body: Buffer): Promise<WireRequest> {
    const recorded = await recordRequest(request, body)
    this.requests[slot] = recorded
    this.#report(`${recorded.method} ${recorded.path}`)
    return recorded
  }

  /** Lets those replies go on that wait for a request, or for the end of stdin. */
  #report(received: string): void {
    this.#received.push(received)
    for (const wake of this.#waiting) wake()
  }

  #replyTo({ method, path, version }: WireRequest): Reply {
    const { minApiVersion: minimum } = this.#options
    if (minimum !== undefined && version !== undefined && compareVersions(version, minimum) < 0) {
      return failure(
        400,
        `client version ${version} is too old. Minimum supported API version is ${minimum}, please upgrade your client to a newer version`,
      )
    }
    const reply = this.#table.take(method, path) ?? (path === '/_ping' ? pong : failure(404, 'page not found'))
    const { signal } = reply
    if (signal) setTimeout(() => this.#options.onSignal?.(signal), SETTLE_MS)
    return reply
  }

  async #until(key: string | undefined): Promise<void> {
    while (key && !this.#received.some((received) => keyMatches(key, received))) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiting.add(resolve)
      await promise
      this.#waiting.delete(resolve)
    }
  }

  #commonHeaders(): Record<string, string> {
    const headers: Record<string, string | null> = {
      'Api-Version': this.#options.apiVersion ?? '1.50',
      'Docker-Experimental': 'false',
      Ostype: 'linux',
      'Builder-Version': '2',
      Swarm: 'inactive',
      Server: 'Docker/28.2.2 (linux)',
      ...this.#options.headers,
    }
    return Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null))
  }

  /** Ignores errors of clients that disconnect in the middle of a response. */
  #guarded(socket: Duplex, work: Promise<void>): void {
    work.catch(() => socket.destroy())
  }
}

/** Milliseconds between a response and the signal that follows it, so that the client can process the response. */
const SETTLE_MS = 200

const pong: Reply = { chunks: ['OK'] }

function contentType(reply: Reply): Record<string, string> {
  if (reply.json !== undefined || reply.lines) return { 'Content-Type': 'application/json' }
  if (reply.frames) return { 'Content-Type': 'application/vnd.docker.multiplexed-stream' }
  return reply.chunks ? { 'Content-Type': 'text/plain; charset=utf-8' } : {}
}

function plainResponse(reply: Reply, headers: Record<string, string>): Buffer {
  const body = Buffer.concat([...bodyChunks(reply)])
  const lines = headerLines({ ...headers, ...contentType(reply), 'Content-Length': String(body.length) })
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${reply.status ?? 200} Response\r\n${lines}\r\n`), body])
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
}

/** The bytes that a client sends on a hijacked connection. */
class Input {
  #bytes: Buffer
  #ended = false
  #wake = () => {}

  constructor(socket: Duplex, head: Buffer) {
    this.#bytes = head
    socket.on('data', (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk])
      this.#wake()
    })
    for (const event of ['end', 'close'])
      socket.on(event, () => {
        this.#ended = true
        this.#wake()
      })
  }

  async take(count: number): Promise<Buffer> {
    while (this.#bytes.length < count && !this.#ended) await this.#more()
    const bytes = this.#bytes.subarray(0, count)
    this.#bytes = this.#bytes.subarray(count)
    return bytes
  }

  async takeAll(): Promise<Buffer> {
    while (!this.#ended) await this.#more()
    return this.take(this.#bytes.length)
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
