import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** The body of `npm publish`: the description of a package with one version and its tarball. */
interface Publication {
  readonly name: string
  readonly 'dist-tags': Readonly<Record<string, string>>
  readonly versions: Readonly<Record<string, { readonly dist: Readonly<Record<string, string>> }>>
  readonly _attachments: Readonly<Record<string, { readonly data: string }>>
}

interface StoredPackage {
  readonly versions: Record<string, object>
  readonly tags: Record<string, string>
}

/** A registry for npm on 127.0.0.1 with what `npm publish` and `npm install` need. It stores packages in memory. */
export class NpmRegistry {
  /** The names of the tarballs that were downloaded, in order. */
  readonly downloads: string[] = []
  readonly #packages = new Map<string, StoredPackage>()
  readonly #tarballs = new Map<string, Uint8Array>()
  readonly #server = createServer((request, response) => {
    this.#respond(request, response).catch((error: unknown) => {
      response.writeHead(500).end(JSON.stringify({ error: String(error) }))
    })
  })

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve))
  }

  /** The address, for npm's configuration `registry`. */
  get url(): string {
    const address = this.#server.address()
    if (!isAddress(address)) throw new Error('the registry does not listen')
    return `http://127.0.0.1:${address.port}/`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent((request.url ?? '').slice(1).replace(/\?.*$/, ''))
    if (request.method === 'PUT') {
      this.#store(await bodyOf(request))
      response.writeHead(201).end('{"ok":true}')
      return
    }
    const tarball = this.#tarballs.get(path)
    if (tarball !== undefined) {
      this.downloads.push(path.replace(/^.*\/-\//, ''))
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(tarball)
      return
    }
    const stored = this.#packages.get(path)
    if (stored === undefined) return void response.writeHead(404).end('{"error":"not found"}')
    const description = { name: path, 'dist-tags': stored.tags, versions: stored.versions }
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(description))
  }

  #store({ name, versions, _attachments, 'dist-tags': tags }: Publication): void {
    const stored = this.#packages.get(name) ?? { versions: {}, tags: {} }
    this.#packages.set(name, stored)
    const [attachment] = Object.values(_attachments)
    const tarball = Buffer.from(attachment?.data ?? '', 'base64')
    for (const [version, description] of Object.entries(versions)) {
      const path = `${name}/-/${name}-${version}.tgz`
      const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`
      stored.versions[version] = { ...description, dist: { integrity, tarball: this.url + path } }
      this.#tarballs.set(path, tarball)
    }
    Object.assign(stored.tags, tags)
  }
}

async function bodyOf(request: IncomingMessage): Promise<Publication> {
  const body: unknown = await json(request)
  if (isPublication(body)) return body
  throw new Error('the body is no publication of a package')
}

function isPublication(body: unknown): body is Publication {
  return typeof body === 'object' && body !== null && 'versions' in body && '_attachments' in body
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}
