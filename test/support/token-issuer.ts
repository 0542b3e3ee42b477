import { createSign, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CertificateMaker } from './certificates.ts'
import { needTools } from './engines/packages.ts'
import type { TokenSource } from './engines/registry.ts'

export interface IssuerAccount {
  readonly user: string
  readonly password: string
  /** Issued at login, to be stored instead of the password. */
  readonly identityToken: string
}

/**
 * A token issuer like Docker Hub's: it signs tokens with the permissions of a user, and issues identity tokens at
 * login.
 */
export class TokenIssuer {
  /** The kind of credential in each request: `password`, `identity token`, `nothing` or `wrong`. */
  readonly credentials: string[] = []
  readonly source: TokenSource
  readonly #account: IssuerAccount
  readonly #server: Server
  readonly #key: string
  readonly #certificate: string

  private constructor(directory: string, account: IssuerAccount, server: Server) {
    this.#account = account
    this.#server = server
    this.#key = readFileSync(join(directory, 'ca-key.pem'), 'utf8')
    const rootcertbundle = join(directory, 'ca.pem')
    this.#certificate = new X509Certificate(readFileSync(rootcertbundle)).raw.toString('base64')
    this.source = {
      realm: `http://127.0.0.1:${portOf(server.address())}/token`,
      service: 'tug tests',
      issuer: 'tug',
      rootcertbundle,
    }
  }

  /** @param directory an empty directory for its certificate */
  static async open(directory: string, account: IssuerAccount): Promise<TokenIssuer> {
    await needTools(['openssl'], () => {})
    const authority = await new CertificateMaker(directory).authority('issuer')
    const server = createServer()
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const issuer = new TokenIssuer(authority, account, server)
    server.on('request', (request, response) => void issuer.#respond(request, response))
    return issuer
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const query = new URL(request.url ?? '', 'http://issuer').searchParams
    const form = new URLSearchParams(Buffer.concat(chunks).toString())
    const kind = this.#identify(request.headers.authorization ?? '', form)
    this.credentials.push(kind)
    if (kind === 'wrong') return void response.writeHead(401).end('{"details":"incorrect username or password"}')
    const scopes = [...query.getAll('scope'), ...form.getAll('scope')].flatMap((scope) => scope.split(' '))
    const token = this.#token(kind === 'nothing' ? [] : scopes.filter((scope) => scope !== ''))
    const wantsIdentity = query.get('offline_token') === 'true' || form.get('access_type') === 'offline'
    const identity = wantsIdentity ? { refresh_token: this.#account.identityToken } : {}
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ token, access_token: token, expires_in: 300, ...identity }))
  }

  #identify(authorization: string, form: URLSearchParams): string {
    const { user, password, identityToken } = this.#account
    if (form.get('grant_type') === 'refresh_token') {
      return form.get('refresh_token') === identityToken ? 'identity token' : 'wrong'
    }
    const basic = Buffer.from(authorization.replace('Basic ', ''), 'base64').toString()
    const credential = form.get('grant_type') === 'password' ? `${form.get('username')}:${form.get('password')}` : basic
    if (credential === '') return 'nothing'
    return credential === `${user}:${password}` ? 'password' : 'wrong'
  }

  /** Returns a JWT for scopes such as `repository:a/b:pull,push`. */
  #token(scopes: readonly string[]): string {
    const now = Math.floor(Date.now() / 1000)
    const access = scopes.map((scope) => {
      const [type = '', ...rest] = scope.split(':')
      return { type, name: rest.slice(0, -1).join(':'), actions: (rest.at(-1) ?? '').split(',') }
    })
    const times = { iat: now - 10, nbf: now - 10, exp: now + 300 }
    const claims = { iss: 'tug', sub: this.#account.user, aud: this.source.service, jti: `${now}`, access, ...times }
    const parts = [{ typ: 'JWT', alg: 'RS256', x5c: [this.#certificate] }, claims].map(base64url).join('.')
    return `${parts}.${createSign('RSA-SHA256').update(parts).sign(this.#key, 'base64url')}`
  }
}

function base64url(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
