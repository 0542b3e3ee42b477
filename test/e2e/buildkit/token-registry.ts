import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'

/** A registry that requires tokens, in front of one without authentication. */
export class TokenRegistry implements AsyncDisposable {
  readonly user = 'tess'
  readonly password = 'sesame'
  /** The grant types of the token requests. */
  readonly grants: string[] = []
  readonly #server: Server
  #port = 0

  private constructor(upstreamUrl: string) {
    this.#server = createServer((incoming, response) => {
      if (incoming.url?.startsWith('/token')) void this.#sendToken(incoming, response)
      else if (incoming.headers.authorization === `Bearer ${this.password}-token`)
        forward(upstreamUrl, incoming, response)
      else {
        const challenge = `Bearer realm="http://${this.host}/token",service="${this.host}",scope="repository:library/busybox:pull"`
        response.writeHead(401, { 'www-authenticate': challenge }).end()
      }
    })
  }

  static async open(upstreamUrl: string): Promise<TokenRegistry> {
    const registry = new TokenRegistry(upstreamUrl)
    registry.#server.listen(0, '127.0.0.1')
    await once(registry.#server, 'listening')
    const address = registry.#server.address()
    registry.#port = typeof address === 'object' ? (address?.port ?? 0) : 0
    return registry
  }

  get host(): string {
    return `127.0.0.1:${this.#port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  async #sendToken(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(Buffer.concat(await incoming.toArray()).toString())
    this.grants.push(form.get('grant_type') ?? 'anonymous')
    const isKnown = form.get('username') === this.user && form.get('password') === this.password
    response.writeHead(isKnown ? 200 : 403, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: `${this.password}-token`, expires_in: 300 }))
  }
}

function forward(upstreamUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const headers = { accept: incoming.headers.accept ?? '*/*' }
  const forwarded = request(`${upstreamUrl}${incoming.url}`, { method: incoming.method, headers }, (upstream) => {
    response.writeHead(upstream.statusCode ?? 500, upstream.headers)
    upstream.pipe(response)
  })
  forwarded.on('error', () => response.destroy())
  forwarded.end()
}
