import type { ClientRequest } from 'node:http'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { NodeTransport } from './node-transport.ts'
import { readText } from './read-text.ts'
import { detectTruncation } from './streamed-response.ts'
import type { Response, StreamedResponse, Upgrade, WireRequest } from './wire.ts'

const IN_BUN = 'Bun' in globalThis

/**
 * Sends requests to one endpoint. In Bun, `fetch` loads several times faster than node:http, and most commands that
 * use a Unix socket need nothing else. So node:http is only loaded for uploads, TCP, TLS and ssh.
 */
export class Transport {
  readonly #endpoint: Endpoint
  #node: Promise<NodeTransport> | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /** Starts a request. The caller writes its body and listens for `response` and `error`. */
  async open(request: WireRequest): Promise<ClientRequest> {
    return (await this.#nodeTransport()).open(request)
  }

  /** Sends a request with a small body and reads the whole response. */
  async exchange(request: WireRequest, body: string | undefined): Promise<Response> {
    const { address } = this.#endpoint
    if (address.kind === 'unix' && IN_BUN) return fetchResponse(address.path, request, body)
    return readResponse(await (await this.#nodeTransport()).stream(request, body))
  }

  /** Sends a request with a small body and returns the response, whose body is streamed. */
  async stream(request: WireRequest, body: string | undefined): Promise<StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix' || !IN_BUN) return (await this.#nodeTransport()).stream(request, body)
    const { requestOverSocket } = await import('./bun-socket.ts')
    return requestOverSocket(address.path, request, body)
  }

  /** Sends a request for a raw stream. @returns the stream, or the response of a daemon that refuses */
  async upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix' || !IN_BUN) return (await this.#nodeTransport()).upgrade(request, body)
    const { upgradeOverSocket } = await import('./socket-upgrade.ts')
    return upgradeOverSocket(address.path, request, body)
  }

  /** Loads the modules that `upgrade` and `stream` need, so that they start faster. */
  prepareUpgrade(): void {
    const isSocket = this.#endpoint.address.kind === 'unix' && IN_BUN
    void (isSocket ? Promise.all([import('./socket-upgrade.ts'), import('./bun-socket.ts')]) : this.#nodeTransport())
  }

  /** Closes idle connections, so that the process can exit. */
  async close(): Promise<void> {
    const node = await this.#node
    await node?.close()
  }

  #nodeTransport(): Promise<NodeTransport> {
    this.#node ??= import('./node-transport.ts').then((module) => new module.NodeTransport(this.#endpoint))
    return this.#node
  }
}

async function readResponse({ body, ...head }: StreamedResponse): Promise<Response> {
  return { ...head, text: await readText(detectTruncation(body)) }
}

/** Bun's `fetch` has an option for the path of a Unix socket, which the standard type lacks. */
interface SocketRequestInit extends RequestInit {
  unix: string
}

async function fetchResponse(socketPath: string, request: WireRequest, body: string | undefined): Promise<Response> {
  const headers = new Headers()
  for (const name in request.headers) headers.set(name, String(request.headers[name]))
  const init: SocketRequestInit = { unix: socketPath, method: request.method, headers, redirect: 'manual' }
  if (body !== undefined) init.body = body
  if (request.signal) init.signal = request.signal
  const response = await fetch(`http://docker${request.path}`, init)
  const header = (name: string) => response.headers.get(name) ?? ''
  const text = await response.text().catch((cause: unknown) => {
    throw new TruncatedResponseError('unexpected EOF', { cause })
  })
  return { statusCode: response.status, statusText: response.statusText, header, text }
}
