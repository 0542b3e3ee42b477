import type { ClientRequest } from 'node:http'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { NodeTransport } from './node-transport.ts'
import { readText } from './read-text.ts'
import { untilCut } from './streamed-response.ts'
import type { Response, StreamedResponse, Upgrade, WireRequest } from './wire.ts'

const IN_BUN = 'Bun' in globalThis

/**
 * Sends requests to one endpoint. Over a socket, Bun's `fetch` is ready several times sooner than its node:http, and
 * most commands need nothing else, so node:http is loaded when an upload, TLS or ssh asks for it.
 */
export class Transport {
  readonly #endpoint: Endpoint
  #node: Promise<NodeTransport> | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /** Starts a request; the caller writes its body and listens for `response`, `upgrade` and `error`. */
  async open(request: WireRequest): Promise<ClientRequest> {
    return (await this.#nodeTransport()).open(request)
  }

  /** One request with a small body, responded in full. */
  async exchange(request: WireRequest, body: string | undefined): Promise<Response> {
    const { address } = this.#endpoint
    if (address.kind === 'unix' && IN_BUN) return fetchResponse(address.path, request, body)
    return responseOf(await (await this.#nodeTransport()).respond(request, body))
  }

  /** One request with a small body, responded as it goes. */
  async respond(request: WireRequest, body: string | undefined): Promise<StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix' || !IN_BUN) return (await this.#nodeTransport()).respond(request, body)
    const { respondOverSocket } = await import('./bun-socket.ts')
    return respondOverSocket(address.path, request, body)
  }

  /** Asks for raw bytes both ways: the connection itself, or the response of a daemon that refuses. */
  async upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix' || !IN_BUN) return (await this.#nodeTransport()).upgrade(request, body)
    const { upgradeOverSocket } = await import('./socket-upgrade.ts')
    return upgradeOverSocket(address.path, request, body)
  }

  /** Loads what `upgrade` and `respond` need, so that they need not. */
  prepareUpgrade(): void {
    const isSocket = this.#endpoint.address.kind === 'unix' && IN_BUN
    void (isSocket ? Promise.all([import('./socket-upgrade.ts'), import('./bun-socket.ts')]) : this.#nodeTransport())
  }

  /** Closes kept connections, so that the process can end. */
  async close(): Promise<void> {
    const node = await this.#node
    await node?.close()
  }

  #nodeTransport(): Promise<NodeTransport> {
    this.#node ??= import('./node-transport.ts').then((module) => new module.NodeTransport(this.#endpoint))
    return this.#node
  }
}

async function responseOf({ body, ...head }: StreamedResponse): Promise<Response> {
  return { ...head, text: await readText(untilCut(body)) }
}

/** Bun's `fetch` takes a socket's path; the standard's type does not know it. */
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
