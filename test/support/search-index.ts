import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface IndexedImage {
  readonly name: string
  readonly description: string
  readonly star_count: number
  readonly is_official: boolean
  readonly is_automated: boolean
}

/** A registry with the search API of Docker Hub (version 1 of the registry API), which engines use. */
export class SearchIndex {
  /** The path and query of every request. */
  readonly requests: string[] = []
  /** The credentials of every request, as `user:password`. */
  readonly credentials: string[] = []
  /** A response that is sent to every search instead of the results. */
  failure: { status: number; body: string } | undefined
  readonly #images: readonly IndexedImage[]
  readonly #server = createServer((request, response) => this.#respond(request, response))

  constructor(images: readonly IndexedImage[]) {
    this.#images = images
  }

  /** Returns `127.0.0.1:port`. */
  async listen(): Promise<string> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
    const address = this.#server.address()
    return `127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://index')
    this.requests.push(request.url ?? '')
    const basic = /^Basic (.*)$/.exec(request.headers.authorization ?? '')?.[1]
    if (basic) this.credentials.push(Buffer.from(basic, 'base64').toString())
    const send = (status: number, body: string) =>
      response.writeHead(status, { 'Content-Type': 'application/json', 'X-Docker-Registry-Version': '0.9' }).end(body)
    if (pathname === '/v1/_ping') return void send(200, '{"standalone":true}')
    if (pathname !== '/v1/search') return void send(404, '{}')
    if (this.failure) return void send(this.failure.status, this.failure.body)
    const query = searchParams.get('q') ?? ''
    const found = this.#images.filter(({ name }) => name.includes(query))
    const results = found.slice(0, Number(searchParams.get('n') ?? found.length))
    send(200, JSON.stringify({ query, num_results: results.length, results }))
  }
}
