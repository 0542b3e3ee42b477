import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { Duplex, type Readable, type Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { Endpoint, SshDestination } from '../domain/endpoint.ts'

/** One request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string | number>
  readonly signal?: AbortSignal
}

/** An answer read to its end. */
export interface Answer {
  readonly statusCode: number
  readonly text: string
  /** A header by its lower-case name; empty when the daemon did not send it. */
  header(name: string): string
}

/** Opens requests to one endpoint; connections are kept for the next request and never hold the process. */
export class Transport {
  readonly #endpoint: Endpoint
  #agent: http.Agent | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /** Starts a request; the caller writes its body and listens for `response`, `upgrade` and `error`. */
  open(request: WireRequest): http.ClientRequest {
    const { address, tls } = this.#endpoint
    const options = { ...request, agent: this.#keepAlive() }
    if (address.kind === 'unix') return http.request({ ...options, socketPath: address.path })
    if (address.kind === 'ssh') return http.request({ ...options, host: 'docker.example.com' })
    const { hostname, port } = address
    return tls ? https.request({ ...options, hostname, port }) : http.request({ ...options, hostname, port })
  }

  /**
   * One request with a small body, answered in full. Bun's `fetch` speaks over a socket several times faster than its
   * node:http; Node's has no sockets.
   */
  async exchange(request: WireRequest, body: string | undefined): Promise<Answer> {
    const { address } = this.#endpoint
    if (address.kind === 'unix' && 'Bun' in globalThis) return fetchAnswer(address.path, request, body)
    const sent = this.open(request)
    const responded = once(sent, 'response')
    sent.end(body)
    const [response]: IncomingMessage[] = await responded
    if (!response) throw new Error('no response')
    const header = (name: string) => asText(response.headers[name])
    return { statusCode: response.statusCode ?? 0, header, text: await text(response) }
  }

  /** Closes kept connections, and with them ssh's child processes. */
  close(): void {
    this.#agent?.destroy()
  }

  #keepAlive(): http.Agent {
    this.#agent ??= this.#newAgent()
    return this.#agent
  }

  #newAgent(): http.Agent {
    const { address, tls } = this.#endpoint
    if (address.kind === 'ssh') return new SshAgent(address.destination)
    if (!tls) return new http.Agent({ keepAlive: true })
    return new https.Agent({
      keepAlive: true,
      ...(tls.ca ? { ca: Buffer.from(tls.ca) } : {}),
      ...(tls.cert ? { cert: Buffer.from(tls.cert) } : {}),
      ...(tls.key ? { key: Buffer.from(tls.key) } : {}),
      rejectUnauthorized: tls.verify,
    })
  }
}

/** Bun's `fetch` takes a socket's path; the standard's type does not know it. */
interface SocketRequestInit extends RequestInit {
  unix: string
}

async function fetchAnswer(socketPath: string, request: WireRequest, body: string | undefined): Promise<Answer> {
  const headers = new Headers()
  for (const name in request.headers) headers.set(name, String(request.headers[name]))
  const init: SocketRequestInit = { unix: socketPath, method: request.method, headers }
  if (body !== undefined) init.body = body
  if (request.signal) init.signal = request.signal
  const response = await fetch(`http://docker${request.path}`, init)
  const header = (name: string) => response.headers.get(name) ?? ''
  return { statusCode: response.status, header, text: await response.text() }
}

function asText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '')
}

/** The remote end could not be reached over ssh; the message is docker's, with what ssh printed. */
export class SshError extends Error {
  override name = 'SshError'
}

/** Reaches the daemon as docker does: `ssh … docker system dial-stdio`, so ~/.ssh/config, agents and jump hosts count. */
class SshAgent extends http.Agent {
  readonly #destination: SshDestination

  constructor(destination: SshDestination) {
    super({ keepAlive: true })
    this.#destination = destination
  }

  override createConnection(): Duplex {
    const args = sshArguments(this.#destination)
    const child = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'pipe'] })
    return childDuplex(child, `ssh ${args.join(' ')}`)
  }
}

function sshArguments({ user, hostname, port, path }: SshDestination): string[] {
  return [
    ...(user === '' ? [] : ['-l', user]),
    ...(port === '' ? [] : ['-p', port]),
    ...['-o', 'ConnectTimeout=30', '-T', '--', hostname, 'docker'],
    ...(path === '' ? [] : ['--host', `unix://${path}`]),
    ...['system', 'dial-stdio'],
  ]
}

/** A child's stdin and stdout as one connection; its stderr becomes the error when it fails. */
function childDuplex(child: ChildProcessByStdio<Writable, Readable, Readable>, command: string): Duplex {
  const connection = Duplex.from({ writable: child.stdin, readable: child.stdout })
  let complaint = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-4096)
  })
  child.stdin.on('error', () => {})
  const fail = (how: string) =>
    connection.destroy(
      new SshError(
        `command [${command}] has ${how}, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=${complaint}`,
      ),
    )
  child.on('error', (error) => fail(`failed to start (${error.message})`))
  child.on('close', (status) => {
    if (status !== 0 && status !== null) fail(`exited with exit status ${status}`)
  })
  connection.on('close', () => child.kill())
  return connection
}
