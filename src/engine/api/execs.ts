import { type Connection, pathSegment } from '../connection.ts'
import type { Hijacked } from '../transport/wire.ts'
import { hijack, type TerminalSize } from './container-streams.ts'
import { asObject } from './shape.ts'
import { EXEC_INSPECTION, ID_RESPONSE } from './shapes/container.ts'

/** The body of `POST /containers/ID/exec`, with the fields that docker 28 sends, in its order. */
export interface ExecBody {
  readonly User: string
  readonly Privileged: boolean
  readonly Tty: boolean
  readonly ConsoleSize?: TerminalSize
  readonly AttachStdin: boolean
  readonly AttachStderr: boolean
  readonly AttachStdout: boolean
  readonly Detach: boolean
  readonly DetachKeys: string
  readonly Env: readonly string[] | null
  readonly WorkingDir: string
  readonly Cmd: readonly string[]
}

/** Commands in running containers: `/exec` of the Engine API. All methods throw EngineError and ConnectionError. */
export class ExecApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @returns the exec's id */
  async create(container: string, body: ExecBody): Promise<string> {
    const path = `/containers/${pathSegment('container', container)}/exec`
    await this.#connection.requireVersion()
    const response = await this.#connection.json<{ Id: string }>({ method: 'POST', path, body })
    const { Id } = asObject(response, ID_RESPONSE)
    if (!Id) throw new Error('exec ID empty')
    return Id
  }

  /** Starts an exec and connects to its streams. */
  start(id: string, body: Pick<ExecBody, 'Tty' | 'ConsoleSize'>): Promise<Hijacked> {
    return hijack(this.#connection, { method: 'POST', path: `/exec/${id}/start`, body: { Detach: false, ...body } })
  }

  async startDetached(id: string, body: Pick<ExecBody, 'Tty' | 'ConsoleSize'>): Promise<void> {
    await this.#connection.text({ method: 'POST', path: `/exec/${id}/start`, body: { Detach: true, ...body } })
  }

  /** Returns the exit code of an exec; 0 while it is running. */
  async exitCode(id: string): Promise<number> {
    const docker = await this.#connection.docker()
    const exec: { readonly ExitCode: number | null } = await docker.getExec(id).inspect({})
    return asObject(exec, EXEC_INSPECTION).ExitCode ?? 0
  }

  async resize(id: string, [rows, columns]: TerminalSize): Promise<void> {
    await this.#connection.text({ method: 'POST', path: `/exec/${id}/resize`, query: { h: rows, w: columns } })
  }
}
