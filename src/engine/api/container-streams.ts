import type { CreateBody } from '../../domain/container/create-request.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { goJsonError } from '../../domain/go/json.ts'
import { type Call, type Connection, pathSegment, type Query } from '../connection.ts'
import { readText } from '../transport/read-text.ts'
import type { Hijacked } from '../transport/wire.ts'
import { asObject, checkObjectText } from './shape.ts'

export interface CreateContainer {
  readonly body: CreateBody
  /** Empty: the daemon makes one up. */
  readonly name: string
  /** `os/architecture[/variant]`; empty: the image's own, or the daemon's. */
  readonly platform: string
}

export interface CreatedContainer {
  readonly Id: string
  readonly Warnings: readonly string[] | null
}

/** The part of a container's inspection that attaching to it needs. */
export interface InspectedContainer {
  readonly Id: string
  readonly Config: { readonly Tty: boolean; readonly OpenStdin: boolean }
  readonly HostConfig: { readonly AutoRemove: boolean }
  readonly State: { readonly Running: boolean; readonly Paused: boolean; readonly Restarting: boolean }
}

export interface AttachStreams {
  readonly stdin: boolean
  readonly stdout: boolean
  readonly stderr: boolean
  /** As typed; empty for the daemon's own. */
  readonly detachKeys: string
}

/** What ends a wait: the next exit, the removal after it, or not running now. */
export type WaitCondition = 'next-exit' | 'removed' | 'not-running'

export interface LogRequest {
  readonly follow: boolean
  readonly timestamps: boolean
  readonly details: boolean
  /** Unix times with fraction, or empty. */
  readonly since: string
  readonly until: string
  /** A number of lines, or `all`. */
  readonly tail: string
}

/** Rows and columns. */
export type TerminalSize = readonly [number, number]

interface WaitResponse {
  readonly StatusCode?: number
  readonly Error?: { readonly Message: string } | null
}

/** Creating a container and being connected to what runs in it. All methods throw EngineError and ConnectionError. */
export class ContainerStreamApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async create({ body, name, platform }: CreateContainer): Promise<CreatedContainer> {
    await this.#connection.requireVersion()
    const query = { name: name || undefined, platform: platform || undefined }
    const call: Call = { method: 'POST', path: '/containers/create', query, body }
    const created = asObject(await this.#connection.json<CreatedContainer>(call), 'container.CreateResponse')
    if (!created.Id) throw new Error('the daemon did not say which container it created')
    return created
  }

  /** @param signal gives up asking */
  async inspect(nameOrId: string, signal?: AbortSignal): Promise<InspectedContainer> {
    const path = `${containerPath(nameOrId)}/json`
    const call: Call = { method: 'GET', path, ...(signal === undefined ? {} : { signal }) }
    const container = asObject(await this.#connection.json<InspectedContainer>(call), 'container.InspectResponse')
    if (container.Id && container.Config && container.HostConfig && container.State) return container
    throw new Error(`the daemon did not say how container ${nameOrId} is configured`)
  }

  /** Connects to the streams of a container. @throws ExitStatus in docker's words when the daemon refuses */
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
   * Begins to wait; settles once the daemon is listening, so that a container started after that cannot end unseen.
   * @param signal gives up waiting
   * @returns the exit code to come; it fails when the connection breaks first
   */
  async wait(nameOrId: string, condition: WaitCondition, signal: AbortSignal): Promise<{ exitCode: Promise<number> }> {
    const path = `${containerPath(nameOrId)}/wait`
    await this.#connection.requireVersion()
    const query = condition === 'not-running' ? {} : { condition }
    const response = await this.#connection.stream({ method: 'POST', path, query, signal })
    const exitCode = readWait(response).then(codeOf)
    // Whoever waits looks later; a failure before that is not unhandled.
    exitCode.catch(() => {})
    return { exitCode }
  }

  /** Waits until it is not running. What went wrong at its end does not count, as docker's `wait` has it. */
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

  async logs(nameOrId: string, request: LogRequest): Promise<AsyncIterable<Uint8Array>> {
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
    return this.#connection.stream({ method: 'GET', path: `${containerPath(nameOrId)}/logs`, query })
  }
}

/**
 * Takes a connection over. A refusal reads as docker's client puts it; what the daemon said is a hint.
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

/** A proxy that cuts the connection may write its reason where the response should be, so that is shown as it is. */
async function readWait(response: AsyncIterable<Uint8Array>): Promise<WaitResponse> {
  const text = await readText(response)
  if (goJsonError(text).startsWith('invalid character')) throw new Error(text)
  checkObjectText(text, 'container.WaitResponse')
  return JSON.parse(text)
}

function codeOf({ StatusCode, Error: failure }: WaitResponse): number {
  if (failure?.Message) throw new Error(failure.Message)
  return StatusCode ?? 0
}
