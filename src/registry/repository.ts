import { goQuote } from '../domain/go/quote.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { Authorization } from './authorization.ts'
import type { SendWeb, WebRequest, WebResponse } from './http-client.ts'
import { sendFollowingRedirects } from './redirects.ts'
import type { RegistryAddress } from './registry-address.ts'
import { isSameOrigin, parseWebUrl, withRequestInError } from './web-url.ts'

/** A registry speaks plain HTTP although TLS was expected. */
export class PlainHttpError extends Error {
  override name = 'PlainHttpError'
}

/** How a repository is accessed. */
export interface RepositoryAccess {
  readonly auth: RegistryAuth
  readonly actions: 'pull' | 'pull,push'
  readonly send: SendWeb
  /** The User-Agent header. Registries count and limit clients by it. */
  readonly userAgent: string
  now(): Date
}

const NOT_TLS = 'server gave HTTP response to HTTPS client'

/** A repository of a registry that has responded. */
export class Repository {
  readonly #address: RegistryAddress
  readonly #path: string
  readonly #send: SendWeb
  readonly #authorization: Authorization

  private constructor(address: RegistryAddress, path: string, challenge: string, access: RepositoryAccess) {
    this.#address = address
    this.#path = path
    this.#send = sendTo(address, access)
    const scope = `repository:${path}:${access.actions}`
    this.#authorization = new Authorization(challenge, {
      ...access,
      send: this.#send,
      scope,
      needsTls: !address.isInsecure,
    })
  }

  /**
   * Pings the registry at `/v2/`, which also returns its challenge.
   * @param path of the repository: `library/busybox`
   * @throws PlainHttpError if the registry has no TLS but must have
   * @throws Error with docker's message if the registry cannot be reached
   */
  static async open(address: RegistryAddress, path: string, access: RepositoryAccess): Promise<Repository> {
    const url = `${address.scheme}://${address.host}/v2/`
    try {
      const ping: WebRequest = { method: 'GET', url, headers: {} }
      const response = await withRequestInError('Get', url, () => sendTo(address, access)(ping))
      const challenge = response.statusCode === 401 ? response.header('www-authenticate') : ''
      return new Repository(address, path, challenge, access)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `failed to configure transport: error pinging v2 registry: ${reason}`
      if (!reason.includes(NOT_TLS)) throw new Error(message, { cause: error })
      if (address.isVerified || address.scheme === 'http') throw new PlainHttpError(message)
      return Repository.open({ ...address, scheme: 'http' }, path, access)
    }
  }

  /** Whether the registry speaks TLS. */
  get isSecure(): boolean {
    return this.#address.scheme === 'https'
  }

  /**
   * Sends a request, and follows redirects of a GET or HEAD.
   * @param rest what follows the repository in the URL: `manifests/latest`; or a complete URL that the registry returned
   * @param otherRepository another repository that the registry reads for this request
   * @throws Error that names the request, if there is no response
   */
  async request(
    method: WebRequest['method'],
    rest: string,
    {
      headers = {},
      body,
      otherRepository = '',
    }: Pick<Partial<WebRequest>, 'headers' | 'body'> & { otherRepository?: string } = {},
  ): Promise<WebResponse> {
    const { scheme, host } = this.#address
    const otherScope = otherRepository === '' ? '' : `repository:${otherRepository}:pull`
    const base = `${scheme}://${host}/v2/${this.#path}/`
    if (!URL.canParse(rest, base)) throw new Error(`parse ${goQuote(rest)}: invalid URL`)
    const url = new URL(rest, base)
    return withRequestInError(`${method.charAt(0)}${method.slice(1).toLowerCase()}`, url.href, async () => {
      // The registry may have returned a URL of another server, which must not receive its credentials.
      const authorized = isSameOrigin(parseWebUrl(url.href), parseWebUrl(base))
        ? await this.#authorization.headers(otherScope)
        : {}
      const request = { method, url: url.href, headers: { ...headers, ...authorized } }
      if (method === 'GET' || method === 'HEAD') return sendFollowingRedirects(request, this.#send)
      return this.#send(body === undefined ? request : { ...request, body })
    })
  }
}

/** Sends requests with the TLS settings of a registry and its token endpoint, and with the User-Agent header. */
function sendTo(
  { host, isVerified, isInsecure, certificates }: RegistryAddress,
  { send, userAgent }: Pick<RepositoryAccess, 'send' | 'userAgent'>,
): SendWeb {
  const { hostname } = new URL(`https://${host}`)
  return (request) => {
    // A registry on this machine may have any certificate, but its token endpoint is another server.
    const isOwn = parseWebUrl(request.url).hostname === hostname
    return send({
      ...request,
      headers: { ...request.headers, 'User-Agent': userAgent },
      skipTlsVerify: !isVerified && (isOwn || isInsecure),
      ...(isOwn ? { certificates } : {}),
    })
  }
}
