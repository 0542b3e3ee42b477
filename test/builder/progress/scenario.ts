import type {
  BuildStatus,
  ErrorSource,
  SourceFile,
  SourceRange,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../../../src/builder/progress/build-status.ts'

/** The events of a build that a daemon sends, with their times. */
export interface Scenario {
  /** Ordered by time. */
  readonly events: readonly TimedStatus[]
  /** The error, when the build fails. */
  readonly failure?: ScriptedFailure
}

export interface TimedStatus {
  /** When the event is sent, in milliseconds since the build began. */
  readonly at: number
  readonly status: BuildStatus
}

export interface ScriptedFailure {
  /** The gRPC status code. */
  readonly code: number
  readonly message: string
  /** The places in the Dockerfile, innermost first. */
  readonly sources?: readonly ErrorSource[]
}

/** When scripted builds begin by the daemon's clock, in nanoseconds: 2026-01-02T03:04:05Z. */
const BEGIN = 1_767_323_045_000_000_000n

/** Converts milliseconds since the build began to the daemon's clock. */
export function moment(ms: number): bigint {
  return BEGIN + BigInt(Math.round(ms * 1e6))
}

/** Builds a scenario event by event. */
export class Script {
  readonly #events: TimedStatus[] = []
  readonly #vertexes = new Map<string, Vertex>()

  /** Adds vertexes that have not begun. */
  pending(at: number, ...names: string[]): this {
    return this.event(at, { vertexes: names.map((name) => this.#vertex(name, {})) })
  }

  started(at: number, name: string, facts: Partial<Vertex> = {}): this {
    return this.event(at, { vertexes: [this.#vertex(name, { started: moment(at), ...facts })] })
  }

  done(at: number, name: string, facts: Partial<Vertex> = {}): this {
    return this.event(at, { vertexes: [this.#vertex(name, { completed: moment(at), ...facts })] })
  }

  /** Starts a step again that has ended. */
  again(at: number, name: string): this {
    const { completed: _, ...vertex } = this.#vertex(name, { started: moment(at) })
    this.#vertexes.set(name, vertex)
    return this.event(at, { vertexes: [vertex] })
  }

  cached(at: number, name: string): this {
    return this.event(at, {
      vertexes: [this.#vertex(name, { started: moment(at), completed: moment(at), isCached: true })],
    })
  }

  log(at: number, name: string, text: string | Uint8Array): this {
    return this.event(at, { logs: [logOf(at, name, text)] })
  }

  part(at: number, name: string, id: string, facts: Partial<VertexStatus>): this {
    return this.event(at, { statuses: [partOf(at, name, id, facts)] })
  }

  warn(at: number, name: string, warning: Partial<VertexWarning> & { text: string }): this {
    const { text, ...facts } = warning
    const short = new TextEncoder().encode(text)
    return this.event(at, {
      warnings: [{ vertex: digestOf(name), level: 1, short, detail: [], url: '', ranges: [], ...facts }],
    })
  }

  event(at: number, status: Partial<BuildStatus>): this {
    this.#events.push({ at, status: { vertexes: [], statuses: [], logs: [], warnings: [], ...status } })
    return this
  }

  end(failure?: ScriptedFailure): Scenario {
    return { events: this.#events, ...(failure ? { failure } : {}) }
  }

  #vertex(name: string, facts: Partial<Vertex>): Vertex {
    const before = this.#vertexes.get(name)
    const vertex = { digest: digestOf(name), inputs: [], name, isCached: false, error: '', ...before, ...facts }
    this.#vertexes.set(name, vertex)
    return vertex
  }
}

export function logOf(at: number, name: string, text: string | Uint8Array): VertexLog {
  const data = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return { vertex: digestOf(name), timestamp: moment(at), stream: 1, data }
}

export function partOf(at: number, name: string, id: string, facts: Partial<VertexStatus>): VertexStatus {
  return { id, vertex: digestOf(name), name: '', current: 0, total: 0, timestamp: moment(at), ...facts }
}

/** Returns a digest of a step's name, which is the same in every recording. */
function digestOf(name: string): string {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(name)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  return `sha256:${hash.toString(16).padStart(16, '0').repeat(4)}`
}

export function lines(from: number, to = from): SourceRange {
  return { start: { line: from, character: 0 }, end: { line: to, character: 0 } }
}

export function dockerfile(text: string): SourceFile {
  return { filename: 'Dockerfile', data: new TextEncoder().encode(text), language: 'Dockerfile' }
}
