import { jsonString } from '../../domain/go/json-text.ts'
import type { BuildStatus, Instant, SourceRange, VertexWarning } from './build-status.ts'
import type { BuildDisplay, DisplayContext } from './display.ts'
import { toNanoseconds } from './quantities.ts'

/** The JSON text of a value; undefined for a member that is left out. */
type Json = string | undefined

/**
 * The display of `--progress=rawjson`: each event is a line of JSON. Times are converted to this machine's clock, so
 * that the first step starts when the build does.
 */
export class JsonDisplay implements BuildDisplay {
  readonly #context: DisplayContext
  readonly #startTime: bigint
  /** The difference between this machine's clock and the daemon's, in nanoseconds. */
  #skew: bigint | undefined

  constructor(context: DisplayContext) {
    this.#context = context
    this.#startTime = toNanoseconds(context.now())
  }

  update(status: BuildStatus): void {
    const started = status.vertexes.findLast((vertex) => vertex.started !== undefined)?.started
    if (started !== undefined) this.#skew ??= this.#startTime - started
    this.#context.write(`${this.#status(status)}\n`)
  }

  refresh(): void {}

  done(): void {}

  #status({ vertexes, statuses, logs, warnings }: BuildStatus): string {
    return object({
      vertexes: list(vertexes, (vertex) =>
        object({
          digest: text(vertex.digest),
          inputs: list(vertex.inputs, (input) => jsonString(input, true)),
          name: text(vertex.name),
          started: this.#time(vertex.started),
          completed: this.#time(vertex.completed),
          cached: vertex.isCached ? 'true' : undefined,
          error: text(vertex.error),
          progressGroup: vertex.progressGroup && group(vertex.progressGroup),
        }),
      ),
      statuses: list(statuses, (part) =>
        object({
          id: jsonString(part.id, true),
          vertex: text(part.vertex),
          name: text(part.name),
          total: number(part.total),
          current: String(part.current),
          timestamp: this.#time(part.timestamp ?? 0n),
          started: this.#time(part.started),
          completed: this.#time(part.completed),
        }),
      ),
      logs: list(logs, (log) =>
        object({
          vertex: text(log.vertex),
          stream: number(log.stream),
          data: base64(log.data),
          timestamp: this.#time(log.timestamp ?? 0n),
        }),
      ),
      warnings: list(warnings, warning),
    })
  }

  #time(instant: Instant | undefined): Json {
    return instant === undefined ? undefined : `"${rfc3339(instant + (this.#skew ?? 0n))}"`
  }
}

function group({ id, name, isWeak }: { id: string; name: string; isWeak: boolean }): string {
  return object({ id: text(id), name: text(name), weak: isWeak ? 'true' : undefined })
}

function warning({ vertex, level, short, detail, url, source, ranges }: VertexWarning): string {
  return object({
    vertex: text(vertex),
    level: number(level),
    short: short.length === 0 ? undefined : base64(short),
    detail: list(detail, base64),
    url: text(url),
    sourceInfo:
      source &&
      object({
        filename: text(source.filename),
        data: source.data.length === 0 ? undefined : base64(source.data),
        language: text(source.language),
      }),
    range: list(ranges, range),
  })
}

function range({ start, end }: SourceRange): string {
  const position = ({ line, character }: SourceRange['start']) =>
    object({ line: number(line), character: number(character) })
  return object({ start: position(start), end: position(end) })
}

function object(members: Readonly<Record<string, Json>>): string {
  const written = Object.entries(members).filter(([, value]) => value !== undefined)
  return `{${written.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

function list<T>(items: readonly T[], write: (item: T) => string): Json {
  return items.length === 0 ? undefined : `[${items.map(write).join(',')}]`
}

function text(value: string): Json {
  return value === '' ? undefined : jsonString(value, true)
}

function number(value: number): Json {
  return value === 0 ? undefined : String(value)
}

function base64(data: Uint8Array): string {
  return `"${Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64')}"`
}

/** Formats a time as Go writes it in JSON: RFC 3339 with as many decimals of the second as there are. */
function rfc3339(instant: Instant): string {
  const fraction = ((instant % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const date = new Date(Number((instant - fraction) / 1_000_000n))
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '')
  return date.toISOString().replace(/\.\d+Z$/, `${digits && `.${digits}`}Z`)
}
