import type Docker from 'dockerode'
import type { Endpoint } from '../domain/context/endpoint.ts'
import { ConnectionError, EngineError } from '../domain/errors.ts'
import { trimSpace } from '../domain/go/space.ts'
import { escapePath } from '../domain/go/url.ts'
import { compareVersions } from '../domain/system/api-version.ts'
import {
  CLIENT_API_VERSION,
  type DaemonFacts,
  factsOf,
  NEWEST_API_VERSION,
  older,
  UNKNOWN_DAEMON,
} from './negotiation.ts'
import { TugModem } from './transport/modem.ts'
import { type ExplainRequest, type RequestLog, RequestSender } from './transport/request-sender.ts'
import type { Hijacked, RawConnection, ResponseHead, StreamedResponse } from './transport/wire.ts'

export type Query = Readonly<Record<string, unknown>>

/** A request to the Engine API for which dockerode has no suitable method. */
export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Query
  /** A JSON body. */
  readonly body?: unknown
  /** A body that is not JSON. The bytes of a piece may change once the next piece is requested. */
  readonly upload?: Buffer | AsyncIterable<Uint8Array>
  /** A list is sent as one header line for each value. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly signal?: AbortSignal
}

export interface ConnectionOptions {
  readonly endpoint: Endpoint
  /** DOCKER_API_VERSION: used instead of negotiating a version with the daemon. */
  readonly apiVersion?: string
  readonly log?: RequestLog
  readonly explain?: ExplainRequest
}

/**
 * The connection to one daemon. The API version is negotiated before the first request.
 *
 * There are two ways to send a request, and both use the same modem. The usual one is dockerode (`docker`). The other
 * one is a `Call` for `json`, `text`, `stream`, `respond`, `head` or `hijack`. It is for requests for which dockerode
 * - has no method, or one that drops a parameter, a header or a cancellation;
 * - replaces the response by an object of its own, as when something is created;
 * - parses a body that docker prints as it is, streams or ignores.
 */
export class Connection {
  readonly endpoint: Endpoint
  readonly #sender: RequestSender
  readonly #modem: TugModem
  readonly #pinnedVersion: string
  readonly #pingSent = Promise.withResolvers<void>()
  #facts: Promise<DaemonFacts> | undefined
  #negotiated: Promise<Docker> | undefined
  /** The number of requests that wait until the API version is negotiated. */
  #waitingRequests = 0

  constructor({ endpoint, apiVersion = '', log = () => {}, explain }: ConnectionOptions) {
    this.endpoint = endpoint
    this.#pinnedVersion = apiVersion
    this.#sender = new RequestSender(endpoint, log, explain)
    this.#modem = new TugModem(this.#sender)
  }

  /** Returns dockerode's client for one request, once the API version is negotiated. */
  docker(): Promise<Docker> {
    // The first request uses the connection of the ping. For each further one that waits, a connection is opened meanwhile.
    if (this.#sender.apiVersion === '' && this.#waitingRequests++ > 0) this.#sender.prepareRequest()
    return this.negotiate()
  }

  /** Negotiates the API version before there is a request. */
  negotiate(): Promise<Docker> {
    this.#negotiated ??= this.#negotiateVersion()
    return this.#negotiated
  }

  /** Returns what the daemon's ping says about it. The daemon is pinged once. */
  facts(): Promise<DaemonFacts> {
    this.#facts ??= this.#ping()
    return this.#facts
  }

  /** Returns the API version of the next request. */
  async apiVersion(): Promise<string> {
    if (this.#pinnedVersion !== '') return this.#pinnedVersion
    if (this.#sender.apiVersion !== '') return this.#sender.apiVersion
    return older((await this.facts()).apiVersion, CLIENT_API_VERSION)
  }

  /**
   * Has the next requests use at least an API version, because a flag needs it. A daemon without that version gets the
   * newest that it has, and responds as it likes. A pinned version stays.
   */
  async useAtLeast(version: string): Promise<void> {
    await this.docker()
    if (this.#pinnedVersion !== '' || compareVersions(version, this.#sender.apiVersion) <= 0) return
    const newest = older((await this.facts()).apiVersion, NEWEST_API_VERSION)
    this.#sender.useApiVersion(older(version, newest), newest)
  }

  /**
   * Sends a request whose form depends on the API version. It is composed anew when the daemon refuses the version as too
   * old.
   * @param compose returns the request for an API version
   * @returns the response's JSON; undefined when it has no body
   * @throws EngineError ConnectionError
   */
  async versionedJson<T>(compose: (version: string) => Call): Promise<T> {
    await this.docker()
    const version = await this.apiVersion()
    try {
      return await this.#modem.json<T>({ ...dialOptions(compose(version)), receiver: { isTiedToVersion: true } })
    } catch (error) {
      const newer = await this.apiVersion()
      if (newer === version) throw error
      return this.json(compose(newer))
    }
  }

  /**
   * Requires a successful negotiation of the API version. docker does so before requests whose form depends on the
   * version. It sends other requests with its own version to a daemon that refuses pings.
   * @throws EngineError, or Error with docker's message, when the ping was refused
   */
  async requireVersion(): Promise<void> {
    if (this.#pinnedVersion !== '') return
    const { pingError } = await this.facts()
    if (pingError) throw pingError
  }

  /**
   * Sends a request.
   * @returns the response's JSON; undefined when it has no body
   * @throws EngineError ConnectionError
   */
  async json<T>(call: Call): Promise<T> {
    await this.docker()
    return this.#modem.json<T>(dialOptions(call))
  }

  /**
   * Sends a request. @returns the response's JSON, in which an integer from 2^53 on is a bigint. It is for objects that
   * are changed and sent back.
   * @throws EngineError ConnectionError
   */
  async exactJson<T>(call: Call): Promise<T> {
    await this.docker()
    return this.#modem.json<T>({ ...dialOptions(call), receiver: { isExact: true } })
  }

  /** Sends a request. @returns the response's body as text @throws EngineError ConnectionError */
  async text(call: Call): Promise<string> {
    await this.docker()
    return this.#modem.text(dialOptions(call))
  }

  /** Sends a request. @returns the response's body, which is streamed @throws EngineError ConnectionError */
  async stream(call: Call): Promise<AsyncIterable<Uint8Array>> {
    return (await this.respond(call)).body
  }

  /** Sends a request. @returns the response, whose body is streamed @throws EngineError ConnectionError */
  async respond(call: Call): Promise<StreamedResponse> {
    await this.docker()
    return this.#modem.stream(dialOptions(call))
  }

  /** Sends a request. @returns the head of the response; its body is discarded @throws EngineError ConnectionError */
  async head(call: Call): Promise<ResponseHead> {
    await this.docker()
    return this.#modem.head(dialOptions(call))
  }

  /**
   * Prepares for `stream` and `hijack` after the current request has been sent, because the daemon is busy then: loads
   * their code, and opens connections to a daemon that may be far away.
   * @param connections how many connections are needed besides the first one
   */
  prepareUpgrade(connections: number): void {
    setImmediate(() => this.#sender.prepareUpgrade(connections))
  }

  /**
   * Sends a request for a raw stream.
   * @param needsNodeStream whether its socket has to be a Node stream, which takes longer to load
   * @returns the hijacked connection
   * @throws EngineError ConnectionError
   */
  async hijack(call: Call, needsNodeStream = false): Promise<Hijacked> {
    await this.docker()
    // A request without a body must not be chunked: the last chunk would reach the container's stdin.
    const hasBody = call.body !== undefined || call.upload !== undefined
    const emptyBody = { upload: Buffer.alloc(0), headers: { 'Content-Type': 'text/plain', ...call.headers } }
    return this.#modem.upgrade(dialOptions(hasBody ? call : { ...call, ...emptyBody }), needsNodeStream)
  }

  /**
   * Connects to the daemon without sending anything, not even a ping. The connection can be half-closed.
   * @throws ConnectionError with the reason as Go's dialer words it
   */
  connect(): Promise<RawConnection> {
    return this.#sender.connect()
  }

  /** Closes idle connections, so that the process can exit. */
  close(): Promise<void> {
    return this.#sender.close()
  }

  async #negotiateVersion(): Promise<Docker> {
    const [version, { DockerModem, Dockerode }] = await Promise.all([this.apiVersion(), this.#loadDockerode()])
    this.#modem.composeWith(DockerModem.prototype.dial)
    const isPinned = this.#pinnedVersion !== ''
    this.#sender.useApiVersion(version, isPinned ? version : older((await this.facts()).apiVersion, NEWEST_API_VERSION))
    return new Dockerode({ modem: this.#modem })
  }

  /** Loads dockerode once the ping has been sent: meanwhile the daemon is busy. */
  async #loadDockerode() {
    if (this.#pinnedVersion === '') await this.#pingSent.promise
    return import('./dockerode.ts')
  }

  /** Pings the daemon. A failed connection or a redirect is reported by the next request, whose message has its URL. */
  async #ping(): Promise<DaemonFacts> {
    try {
      return factsOf(await this.#sender.ping(this.#pingSent.resolve))
    } catch (error) {
      if (error instanceof ConnectionError) return UNKNOWN_DAEMON
      throw error
    } finally {
      // A ping that could not even be sent must not keep later requests waiting.
      this.#pingSent.resolve()
    }
  }
}

/**
 * Escapes a name or id for a path of the Engine API.
 * @param kind of the object, for messages: `container`, `image`
 * @throws Error with docker's message for an empty name; EngineError for one that would lead to another path
 */
export function pathSegment(kind: string, nameOrId: string): string {
  const trimmed = trimmedName(kind, nameOrId)
  // docker trims the names of all objects but images.
  const name = kind === 'image' ? nameOrId : trimmed
  // `..` would lead to another path: docker's `rm ../images/x` deletes an image. Slashes alone would lead to the path
  // of all objects.
  const parts = name.split('/')
  if (parts.includes('.') || parts.includes('..')) throw new EngineError(`No such ${kind}: ${name}`, 404)
  // `inspect` prints container names with a leading slash, which scripts pass on. Daemons redirect double slashes.
  let path = ''
  for (const part of parts) if (part !== '') path += path === '' ? part : `/${part}`
  if (path === '') throw new EngineError(`No such ${kind}: ${name}`, 404)
  return escapePath(path)
}

/** Trims a name or id. @throws Error with docker's message when it is empty */
export function trimmedName(kind: string, nameOrId: string): string {
  const trimmed = trimSpace(nameOrId)
  if (trimmed === '') throw new Error(`invalid ${kind} name or ID: value is empty`)
  return trimmed
}

function dialOptions({ method, path, query = {}, body = {}, upload, headers, signal }: Call) {
  const hasQuery = Object.values(query).some((value) => value !== undefined)
  return {
    method,
    path: hasQuery ? `${path}?` : path,
    options: { _query: query, _body: body },
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(upload === undefined ? {} : { file: upload }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
    statusCodes: {},
  }
}
