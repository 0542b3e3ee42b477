import type { CreateBody } from '../../domain/container/create-request.ts'
import type { ContainerState } from '../../domain/container/readiness.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { type Call, type Connection, pathSegment, type Query } from '../connection.ts'
import { readText } from '../transport/read-text.ts'
import type { Hijacked } from '../transport/wire.ts'
import { asObject } from './shape.ts'
import { CONTAINER_INSPECTION, CREATED_CONTAINER, WAIT_RESPONSE } from './shapes/container.ts'

export interface CreateContainer {
  readonly body: CreateBody
  /** Empty for a name that the daemon generates. */
  readonly name: string
  /** `os/arch[/variant]`; empty for the image's or the daemon's own. */
  readonly platform: string
}

export interface CreatedContainer {
  readonly Id: string
  readonly Warnings: readonly string[] | null
}

/** The part of a container's inspect response that attaching and waiting need. */
export interface InspectedContainer {
  readonly Id: string
  readonly Config: {
    readonly Tty: boolean
    readonly OpenStdin: boolean
    readonly Healthcheck?: { readonly Retries?: number } | null
  }
  readonly HostConfig: { readonly AutoRemove: boolean }
  readonly State: ContainerState
}

export interface AttachStreams {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** As typed; empty for the daemon's default. */
  readonly detachKeys: string
}

/** The event that ends a wait: the next exit, the removal after it, or that the container is not running. */
export type WaitCondition = 'next-exit' | 'removed' | 'not-running'

export interface LogRequest {
  readonly follow: boolean
  readonly timestamps: boolean
  readonly details: boolean
  /** Unix times in seconds with a fraction; empty for no limit. */
  readonly since: string
  readonly until: string
  /** A number of lines, or `all`. */
  readonly tail: string
}

export type TerminalSize = readonly [rows: number, columns: number]

interface WaitResponse {
  readonly StatusCode?: number
  readonly Error?: { readonly Message: string } | null
}

/** Creates containers and connects to their streams. All methods throw EngineError and ConnectionError. */
export class ContainerStreamApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async create({ body, name, platform }: CreateContainer): Promise<CreatedContainer> {
    await this.#connection.requireVersion()
    const query = { name: name || undefined, platform: platform || undefined }
    const call: Call = { method: 'POST', path: '/containers/create', query, body: await this.#supportedBody(body) }
    const created = asObject(await this.#connection.json<CreatedContainer>(call), CREATED_CONTAINER)
    if (!created.Id) throw new Error('the daemon did not return the id of the new container')
    return { Id: created.Id, Warnings: created.Warnings ?? null }
  }

  /** Before API version 1.25 the client removes containers, and docker does not send that the daemon should. */
  async #supportedBody(body: CreateBody): Promise<CreateBody> {
    if (compareVersions(await this.#connection.apiVersion(), '1.25') >= 0) return body
    return { ...body, HostConfig: { ...body.HostConfig, AutoRemove: false } }
  }

  /** @param signal cancels the request */
  async inspect(nameOrId: string, signal?: AbortSignal): Promise<InspectedContainer> {
    const path = `${containerPath(nameOrId)}/json`
    const call: Call = { method: 'GET', path, ...(signal === undefined ? {} : { signal }) }
    const container = asObject(await this.#connection.json<InspectedContainer>(call), CONTAINER_INSPECTION)
    const { Id, Config, HostConfig, State } = container
    if (Id && Config && HostConfig && State) return { Id, Config, HostConfig, State }
    throw new Error(`the daemon did not return the configuration of container ${nameOrId}`)
  }

  /** Connects to the streams of a container. @throws ExitStatus with docker's message when the daemon refuses */
  async attach(nameOrId: string, { stdin, stdout, stderr, detachKeys }: AttachStreams): Promise<Hijacked> {
    const query: Query = {
      stream: 1,
      stdin: stdin ? 1 : undefined,
      stdout: stdout ? 1 : undefined,
      stderr: stderr ? 1 : undefined,
      detachKeys: detachKeys || undefined,
    }
    return hijack(this.#connection, { method: 'POST', path: `${containerPath(nameOrId)}/attach`, query })
  }

  /**
   * Begins to wait for a container. It settles once the daemon is waiting, so that the exit of a container that is
   * started afterwards cannot be missed.
   * @param signal cancels the wait
   * @returns a promise of the exit code, which rejects when the connection breaks
   */
  async wait(nameOrId: string, condition: WaitCondition, signal: AbortSignal): Promise<{ exitCode: Promise<number> }> {
    const path = `${containerPath(nameOrId)}/wait`
    await this.#connection.requireVersion()
    const query = condition === 'not-running' ? {} : { condition }
    const response = await this.#connection.stream({ method: 'POST', path, query, signal })
    const exitCode = readWait(response).then(codeOf)
    // The caller awaits the promise later. Until then a rejection must not count as unhandled.
    exitCode.catch(() => {})
    return { exitCode }
  }

  /**
   * Waits until a container is not running. Like docker's `wait`, it ignores an error that the daemon reports with the
   * exit.
   */
  async exitCode(nameOrId: string): Promise<number> {
    await this.#connection.requireVersion()
    const response = await this.#connection.stream({ method: 'POST', path: `${containerPath(nameOrId)}/wait` })
    return (await readWait(response)).StatusCode ?? 0
  }

  async resize(nameOrId: string, [rows, columns]: TerminalSize): Promise<void> {
    await this.#connection.text({
      method: 'POST',
      path: `${containerPath(nameOrId)}/resize`,
      query: { h: rows, w: columns },
    })
  }

  /** @param signal cancels the request */
  async logs(nameOrId: string, request: LogRequest, signal?: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const query: Query = {
      stdout: 1,
      stderr: 1,
      since: request.since || undefined,
      until: request.until || undefined,
      timestamps: request.timestamps ? 1 : undefined,
      details: request.details ? 1 : undefined,
      follow: request.follow ? 1 : undefined,
      tail: request.tail,
    }
    const call: Call = { method: 'GET', path: `${containerPath(nameOrId)}/logs`, query }
    return this.#connection.stream({ ...call, ...(signal === undefined ? {} : { signal }) })
  }
}

/**
 * Sends a request for a raw stream. An error response becomes docker's message, with the daemon's message as a hint.
 * @throws ExitStatus ConnectionError
 */
export async function hijack(connection: Connection, call: Call): Promise<Hijacked> {
  try {
    return await connection.hijack(call)
  } catch (error) {
    if (!(error instanceof EngineError)) throw error
    throw new ExitStatus(1, `unable to upgrade to tcp, received ${error.statusCode}`, error.message)
  }
}

function containerPath(nameOrId: string): string {
  return `/containers/${pathSegment('container', nameOrId)}`
}

/**
 * Reads the response to a wait. A proxy that cuts the connection may write its reason as text, which becomes the
 * message.
 */
async function readWait(response: AsyncIterable<Uint8Array>): Promise<WaitResponse> {
  const text = await readText(response)
  if (goJsonError(text).startsWith('invalid character')) throw new Error(text)
  if (text.trim() === '') throw new Error('EOF')
  const end = endOfFirstJsonValue(text)
  if (end < 0) throw new Error(goJsonError(text))
  const exit: WaitResponse | null = JSON.parse(text.slice(0, end))
  return asObject(exit, WAIT_RESPONSE)
}

function codeOf({ StatusCode, Error: failure }: WaitResponse): number {
  if (failure?.Message) throw new Error(failure.Message)
  return StatusCode ?? 0
}
