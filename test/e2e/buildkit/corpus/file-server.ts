import { once } from 'node:events'
import { createServer, type Server } from 'node:http'

/** A web server that the daemon can reach. Its files have the same time as those of a context. */
export class FileServer implements AsyncDisposable {
  readonly #server: Server
  #port = 0

  private constructor(files: ReadonlyMap<string, string | Buffer>, time: Date) {
    this.#server = createServer(({ url = '', method }, response) => {
      const content = files.get(url)
      if (content === undefined) return void response.writeHead(404).end()
      const type = url.endsWith('.tar') ? 'application/x-tar' : 'application/octet-stream'
      const headers = { 'content-type': type, 'content-length': Buffer.byteLength(content) }
      response.writeHead(200, { ...headers, 'last-modified': time.toUTCString() })
      response.end(method === 'HEAD' ? undefined : content)
    })
  }

  static async open(files: ReadonlyMap<string, string | Buffer>, time: Date): Promise<FileServer> {
    const server = new FileServer(files, time)
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    const address = server.#server.address()
    server.#port = typeof address === 'object' ? (address?.port ?? 0) : 0
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}
