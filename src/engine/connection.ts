import Docker from 'dockerode'
import type { Endpoint } from '../domain/context/endpoint.ts'
import { ConnectionError, EngineError } from '../domain/errors.ts'
import { escapePath } from '../domain/go/url.ts'
import { compareVersions, isVersion } from '../domain/system/api-version.ts'
import { type PingResult, type RequestLog, TugModem } from './transport/modem.ts'
import type { Hijacked, ResponseHead, StreamedResponse } from './transport/wire.ts'

/** The newest Engine API that our requests follow: docker 28's. */
export const CLIENT_API_VERSION = '1.50'

/** What a daemon speaks that does not say. */
const OLDEST_API_VERSION = '1.24'

export type Query = Readonly<Record<string, unknown>>

/** A request that dockerode has no fitting method for. */
export interface Call {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Query
  /** A JSON body. */
  readonly body?: unknown
  /** A body sent as it is. */
  readonly upload?: Buffer | NodeJS.ReadableStream
  /** A list is sent as one header a value. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly signal?: AbortSignal
}

/** What the daemon's ping says of it. */
export interface DaemonFacts {
  readonly apiVersion: string
  readonly osType: string
  /** `2` where the daemon prefers BuildKit, `1` or empty for the classic builder. */
  readonly builderVersion: string
  readonly isExperimental: boolean
  /** Why the daemon, or a proxy in front of it, refused the ping and named no API version. */
  readonly refusal?: Error
}

export interface ConnectionOptions {
  readonly endpoint: Endpoint
  /** DOCKER_API_VERSION: taken as it is, without asking the daemon. */
  readonly apiVersion?: string
  readonly log?: RequestLog
}

/** One daemon, spoken to in one API version that is settled before the first request. */
export class Connection {
  readonly endpoint: Endpoint
  readonly #modem: TugModem
  readonly #docker: Docker
  readonly #pinnedVersion: string
  #facts: Promise<DaemonFacts> | undefined
  #ready: Promise<Docker> | undefined

  constructor({ endpoint, apiVersion = '', log = () => {} }: ConnectionOptions) {
    this.endpoint = endpoint
    this.#pinnedVersion = apiVersion
    this.#modem = new TugModem(endpoint, log)
    this.#docker = new Docker({ modem: this.#modem })
  }

  /** dockerode's client, with the API version settled. */
  docker(): Promise<Docker> {
    this.#ready ??= this.#settleVersion()
    return this.#ready
  }

  /** Pings the daemon, once. @throws ConnectionError */
  facts(): Promise<DaemonFacts> {
    this.#facts ??= this.#ping()
    return this.#facts
  }

  /** The API version of all requests. */
  async apiVersion(): Promise<string> {
    if (this.#pinnedVersion !== '') return this.#pinnedVersion
    const { apiVersion } = await this.facts()
    return compareVersions(apiVersion, CLIENT_API_VERSION) < 0 ? apiVersion : CLIENT_API_VERSION
  }

  /**
   * Makes sure that daemon and client have agreed on an API version. docker does so before requests whose form depends
   * on the version; others it sends in its own version to a daemon that refuses pings.
   * @throws EngineError, or Error in docker's words, where the ping was refused
   */
  async requireVersion(): Promise<void> {
    if (this.#pinnedVersion !== '') return
    const { refusal } = await this.facts()
    if (refusal) throw refusal
  }

  /** The response's JSON, or undefined when it has no body. @throws EngineError ConnectionError */
  async json<T>(call: Call): Promise<T> {
    await this.docker()
    return this.#modem.json<T>(dialOptions(call))
  }

  /** The response's text as the daemon wrote it. @throws EngineError ConnectionError */
  async text(call: Call): Promise<string> {
    await this.docker()
    return this.#modem.text(dialOptions(call))
  }

  /** The response's body as it arrives, no faster than it is read. @throws EngineError ConnectionError */
  async stream(call: Call): Promise<AsyncIterable<Uint8Array>> {
    return (await this.respond(call)).body
  }

  /** The response with its head, its body as it arrives. @throws EngineError ConnectionError */
  async respond(call: Call): Promise<StreamedResponse> {
    await this.docker()
    return this.#modem.stream(dialOptions(call))
  }

  /** The head of a response whose body says nothing. @throws EngineError ConnectionError */
  async head(call: Call): Promise<ResponseHead> {
    await this.docker()
    return this.#modem.head(dialOptions(call))
  }

  /** Gets ready for `stream` and `hijack` once what was just asked is on its way: meanwhile the daemon is busy. */
  prepareUpgrade(): void {
    setImmediate(() => this.#modem.prepareUpgrade())
  }

  /** Takes the connection over for raw bytes both ways. @throws EngineError ConnectionError */
  async hijack(call: Call): Promise<Hijacked> {
    await this.docker()
    // Without a body of its own the request must not be chunked: the last chunk would reach the container's stdin.
    const bodyless = call.body === undefined && call.upload === undefined
    const plain = { upload: Buffer.alloc(0), headers: { 'Content-Type': 'text/plain', ...call.headers } }
    return this.#modem.upgrade(dialOptions(bodyless ? { ...call, ...plain } : call))
  }

  /** Lets go of kept connections, so that the process can end. */
  close(): Promise<void> {
    return this.#modem.close()
  }

  async #settleVersion(): Promise<Docker> {
    this.#modem.useApiVersion(await this.apiVersion())
    return this.#docker
  }

  /** A daemon that cannot be reached is reported by the request itself, which names what was asked. */
  async #ping(): Promise<DaemonFacts> {
    try {
      return factsOf(await this.#modem.ping())
    } catch (error) {
      if (error instanceof ConnectionError) return UNKNOWN_DAEMON
      throw error
    }
  }
}

/** Of a daemon that does not say what it is docker thinks the best; the request will say what is wrong. */
const UNKNOWN_DAEMON: DaemonFacts = {
  apiVersion: CLIENT_API_VERSION,
  osType: '',
  builderVersion: '',
  isExperimental: true,
}

/** A refused ping is believed as far as the API version goes, as in docker. */
function factsOf({ head, refusal }: PingResult): DaemonFacts {
  const apiVersion = head.header('api-version')
  if (refusal) return !isVersion(apiVersion) ? { ...UNKNOWN_DAEMON, refusal } : { ...UNKNOWN_DAEMON, apiVersion }
  return {
    // It becomes part of every path, so what is no version is not taken for one.
    apiVersion: apiVersion === '' ? OLDEST_API_VERSION : isVersion(apiVersion) ? apiVersion : CLIENT_API_VERSION,
    osType: head.header('ostype'),
    builderVersion: head.header('builder-version'),
    isExperimental: head.header('docker-experimental') === 'true',
  }
}

/**
 * A name or id as one segment of a path. docker's client refuses an empty one before it asks.
 * @param kind what it names, for the message: `container`, `image`
 */
export function pathSegment(kind: string, nameOrId: string): string {
  const trimmed = trimmedName(kind, nameOrId)
  // `..` would climb out of the path: docker's `rm ../images/x` asks to delete an image.
  // Nor may it be the path of all objects, which is what slashes alone come to.
  const parts = trimmed.split('/').filter((part) => part !== '')
  if (parts.length === 0 || parts.some((part) => part === '.' || part === '..')) {
    throw new EngineError(`No such ${kind}: ${trimmed}`, 404)
  }
  // Inspections name containers with a slash in front, and scripts hand that on; daemons redirect a double slash.
  return escapePath(parts.join('/'))
}

/** A name or id without the space around it. @throws Error in docker's words for an empty one */
export function trimmedName(kind: string, nameOrId: string): string {
  const trimmed = nameOrId.trim()
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
