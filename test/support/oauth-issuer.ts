import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { CertificateMaker } from './certificates.ts'
import { needTools } from './engines/packages.ts'

/** The relevant parts of a request to the issuer or to Docker Hub. */
export interface IssuerRequest {
  readonly url: string
  /** The fields of the form in its body. */
  readonly form: Readonly<Record<string, string>>
  readonly authorization: string
}

export interface IssuerResponses {
  /** The number of token requests that are refused because the user has not yet authorized the device. */
  readonly pending?: number
  /** Fields that override those of the response with the device code. */
  readonly device?: object
  /** Responses that replace the default ones, by path: a status code and a body. */
  readonly instead?: Readonly<Record<string, readonly [number, string]>>
}

export const ISSUED = {
  user: 'moby',
  accessToken: [{ alg: 'RS256' }, { 'https://hub.docker.com': { username: 'moby' } }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('c2lnbmVk')
    .join('.'),
  refreshToken: 'a-refresh-token',
  password: 'dckr_pat_made_for_moby',
  deviceCode: 'a-device-code',
} as const

/**
 * login.docker.com and hub.docker.com on this machine, behind a proxy that sends all connections to them, with
 * certificates of a private authority. A client reaches them through HTTPS_PROXY and SSL_CERT_FILE, as through a
 * company's proxy, so it uses Docker's real addresses.
 */
export class OAuthIssuer {
  readonly requests: IssuerRequest[] = []
  readonly #server: Server
  readonly #proxy = createHttpServer()
  readonly #sockets = new Set<Socket>()
  readonly #authority: string
  readonly #responses: IssuerResponses
  #tokenRequests = 0

  private constructor(server: Server, authority: string, responses: IssuerResponses) {
    this.#server = server
    this.#authority = authority
    this.#responses = responses
    server.on('request', (request, response) => void this.#respond(request, response))
    this.#proxy.on('connect', (_request, client: Socket) => this.#tunnel(client))
  }

  /** @param directory an empty directory for the certificates */
  static async open(directory: string, responses: IssuerResponses = {}): Promise<OAuthIssuer> {
    await needTools(['openssl'], () => {})
    const maker = new CertificateMaker(directory)
    const authority = await maker.authority('ca')
    const own = await maker.certificate('issuer', authority, undefined, 'DNS:login.docker.com,DNS:hub.docker.com')
    const [key, cert] = await Promise.all([readFile(join(own, 'key.pem')), readFile(join(own, 'cert.pem'))])
    const issuer = new OAuthIssuer(createServer({ key, cert }), join(authority, 'ca.pem'), responses)
    await once(issuer.#server.listen(0, '127.0.0.1'), 'listening')
    await once(issuer.#proxy.listen(0, '127.0.0.1'), 'listening')
    return issuer
  }

  /** The environment variables with which a client reaches it. */
  get env(): Record<string, string> {
    return { HTTPS_PROXY: `http://127.0.0.1:${portOf(this.#proxy.address())}`, SSL_CERT_FILE: this.#authority }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.closeAllConnections()
    await Promise.all([this.#server, this.#proxy].map((server) => new Promise((resolve) => server.close(resolve))))
  }

  #tunnel(client: Socket): void {
    const server = connect(portOf(this.#server.address()), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
    }
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { host = '', authorization = '' } = request.headers
    const fields = new URLSearchParams(Buffer.concat(chunks).toString())
    const form = Object.fromEntries([...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
    this.requests.push({ url: `https://${host}${request.url}`, form, authorization })
    const [status, body] = this.#responses.instead?.[request.url ?? ''] ?? this.#defaultResponse(request.url ?? '')
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
  }

  #defaultResponse(path: string): readonly [number, string] {
    if (path === '/oauth/device/code') return [200, JSON.stringify({ ...DEVICE, ...this.#responses.device })]
    if (path === '/v2/access-tokens/desktop-generate')
      return [201, JSON.stringify({ data: { token: ISSUED.password } })]
    if (path === '/oauth/revoke') return [200, '']
    if (path !== '/oauth/token') return [404, '{}']
    return this.#tokenRequests++ < (this.#responses.pending ?? 1)
      ? [403, JSON.stringify(PENDING)]
      : [200, JSON.stringify(TOKENS)]
  }
}

const DEVICE = {
  device_code: ISSUED.deviceCode,
  user_code: 'ABCD-EFGH',
  verification_uri: 'https://login.docker.com/activate',
  verification_uri_complete: 'https://login.docker.com/activate?user_code=ABCD-EFGH',
  expires_in: 900,
  interval: 1,
}

const PENDING = { error: 'authorization_pending', error_description: 'User has yet to authorize device code.' }

const TOKENS = {
  access_token: ISSUED.accessToken,
  refresh_token: ISSUED.refreshToken,
  id_token: 'an-id-token',
  scope: 'openid offline_access',
  expires_in: 86_400,
  token_type: 'Bearer',
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
