import { CLIENT_VERSION } from '../cli/build-info.ts'
import { goQuote } from '../domain/go/quote.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { Authorization } from './authorization.ts'
import type { SendWeb, WebRequest, WebResponse } from './http-client.ts'
import { sendFollowing } from './redirects.ts'
import type { RegistryAddress } from './registry-address.ts'
import { asking, isSameOrigin, webUrl } from './web-url.ts'

/** Speaks plain HTTP where TLS was expected. */
export class PlainHttpError extends Error {
  override name = 'PlainHttpError'
}

/** What opens a repository. */
export interface RepositoryAccess {
  readonly auth: RegistryAuth
  readonly actions: 'pull' | 'pull,push'
  readonly send: SendWeb
  now(): Date
}

const NOT_TLS = 'server gave HTTP response to HTTPS client'

/** A repository at a registry that has responded. */
export class Repository {
  readonly #address: RegistryAddress
  readonly #path: string
  readonly #send: SendWeb
  readonly #authorization: Authorization

  private constructor(address: RegistryAddress, path: string, challenge: string, access: RepositoryAccess) {
    this.#address = address
    this.#path = path
    this.#send = sendTo(address, access.send)
    const scope = `repository:${path}:${access.actions}`
    this.#authorization = new Authorization(challenge, {
      ...access,
      send: this.#send,
      scope,
      needsTls: !address.isInsecure,
    })
  }

  /**
   * Asks the registry whether it is one, and what it wants to be shown.
   * @param path of the repository: `library/busybox`
   * @throws PlainHttpError when it has no TLS where it should have
   * @throws Error in docker's words when it cannot be reached
   */
  static async open(address: RegistryAddress, path: string, access: RepositoryAccess): Promise<Repository> {
    const url = `${address.scheme}://${address.host}/v2/`
    try {
      const response = await asking('Get', url, () => sendTo(address, access.send)({ method: 'GET', url, headers: {} }))
      return new Repository(
        address,
        path,
        response.statusCode === 401 ? response.header('www-authenticate') : '',
        access,
      )
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      const message = `failed to configure transport: error pinging v2 registry: ${reason}`
      if (!reason.includes(NOT_TLS)) throw new Error(message, { cause: error })
      if (address.isVerified || address.scheme === 'http') throw new PlainHttpError(message)
      return Repository.open({ ...address, scheme: 'http' }, path, access)
    }
  }

  /** Whether it turned out to speak TLS. */
  get isSecure(): boolean {
    return this.#address.scheme === 'https'
  }

  /**
   * Sends a request, and follows where it is sent on.
   * @param rest what follows the repository in the URL: `manifests/latest`; or a whole URL of the registry
   * @param readsFrom another repository that the registry reads from for this request
   * @throws Error that names the request, when it has no response
   */
  async ask(
    method: WebRequest['method'],
    rest: string,
    { headers = {}, body, readsFrom = '' }: Pick<Partial<WebRequest>, 'headers' | 'body'> & { readsFrom?: string } = {},
  ): Promise<WebResponse> {
    const { scheme, host } = this.#address
    const otherScope = readsFrom === '' ? '' : `repository:${readsFrom}:pull`
    const base = `${scheme}://${host}/v2/${this.#path}/`
    if (!URL.canParse(rest, base)) throw new Error(`parse ${goQuote(rest)}: invalid URL`)
    const url = new URL(rest, base)
    return asking(`${method.charAt(0)}${method.slice(1).toLowerCase()}`, url.href, async () => {
      // A registry may name another server, which is not told the secret of this one.
      const authorized = isSameOrigin(webUrl(url.href), webUrl(base))
        ? await this.#authorization.headers(otherScope)
        : {}
      const request = { method, url: url.href, headers: { ...headers, ...authorized } }
      if (method === 'GET' || method === 'HEAD') return sendFollowing(request, this.#send)
      return this.#send(body === undefined ? request : { ...request, body })
    })
  }
}

/**
 * Sends as far as a registry is trusted, its issuer of tokens too, and says who asks: registries count and limit clients
 * by what they call themselves.
 */
function sendTo({ host, isVerified, isInsecure, certificates }: RegistryAddress, send: SendWeb): SendWeb {
  const agent = `Docker-Client/${CLIENT_VERSION} (${process.platform})`
  const { hostname } = new URL(`https://${host}`)
  return (request) => {
    // A registry on this machine needs no certificate that is known; the issuer that it names is another server.
    const isOwn = webUrl(request.url).hostname === hostname
    return send({
      ...request,
      headers: { ...request.headers, 'User-Agent': agent },
      takesAnyCertificate: !isVerified && (isOwn || isInsecure),
      ...(isOwn ? { certificates } : {}),
    })
  }
}
