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

  private constructor(behind: string) {
    this.#server = createServer((asked, response) => {
      if (asked.url?.startsWith('/token')) void this.#giveToken(asked, response)
      else if (asked.headers.authorization === `Bearer ${this.password}-token`) forward(behind, asked, response)
      else {
        const challenge = `Bearer realm="http://${this.host}/token",service="${this.host}",scope="repository:library/busybox:pull"`
        response.writeHead(401, { 'www-authenticate': challenge }).end()
      }
    })
  }

  static async open(behind: string): Promise<TokenRegistry> {
    const registry = new TokenRegistry(behind)
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

  async #giveToken(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(Buffer.concat(await asked.toArray()).toString())
    this.grants.push(form.get('grant_type') ?? 'anonymous')
    const isKnown = form.get('username') === this.user && form.get('password') === this.password
    response.writeHead(isKnown ? 200 : 403, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ access_token: `${this.password}-token`, expires_in: 300 }))
  }
}

function forward(behind: string, asked: IncomingMessage, response: ServerResponse): void {
  const headers = { accept: asked.headers.accept ?? '*/*' }
  const passed = request(`${behind}${asked.url}`, { method: asked.method, headers }, (upstream) => {
    response.writeHead(upstream.statusCode ?? 500, upstream.headers)
    upstream.pipe(response)
  })
  passed.on('error', () => response.destroy())
  passed.end()
}
