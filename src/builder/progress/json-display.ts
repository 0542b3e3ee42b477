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
    return encodeObject({
      vertexes: encodeList(vertexes, (vertex) =>
        encodeObject({
          digest: encodeText(vertex.digest),
          inputs: encodeList(vertex.inputs, (input) => jsonString(input, true)),
          name: encodeText(vertex.name),
          started: this.#time(vertex.started),
          completed: this.#time(vertex.completed),
          cached: vertex.isCached ? 'true' : undefined,
          error: encodeText(vertex.error),
          progressGroup: vertex.progressGroup && encodeGroup(vertex.progressGroup),
        }),
      ),
      statuses: encodeList(statuses, (part) =>
        encodeObject({
          id: jsonString(part.id, true),
          vertex: encodeText(part.vertex),
          name: encodeText(part.name),
          total: encodeNumber(part.total),
          current: String(part.current),
          timestamp: this.#time(part.timestamp ?? 0n),
          started: this.#time(part.started),
          completed: this.#time(part.completed),
        }),
      ),
      logs: encodeList(logs, (log) =>
        encodeObject({
          vertex: encodeText(log.vertex),
          stream: encodeNumber(log.stream),
          data: encodeBase64(log.data),
          timestamp: this.#time(log.timestamp ?? 0n),
        }),
      ),
      warnings: encodeList(warnings, encodeWarning),
    })
  }

  #time(instant: Instant | undefined): Json {
    return instant === undefined ? undefined : `"${formatTime(instant + (this.#skew ?? 0n))}"`
  }
}

function encodeGroup({ id, name, isWeak }: { id: string; name: string; isWeak: boolean }): string {
  return encodeObject({ id: encodeText(id), name: encodeText(name), weak: isWeak ? 'true' : undefined })
}

function encodeWarning({ vertex, level, short, detail, url, source, ranges }: VertexWarning): string {
  return encodeObject({
    vertex: encodeText(vertex),
    level: encodeNumber(level),
    short: short.length === 0 ? undefined : encodeBase64(short),
    detail: encodeList(detail, encodeBase64),
    url: encodeText(url),
    sourceInfo:
      source &&
      encodeObject({
        filename: encodeText(source.filename),
        data: source.data.length === 0 ? undefined : encodeBase64(source.data),
        language: encodeText(source.language),
      }),
    range: encodeList(ranges, encodeRange),
  })
}

function encodeRange({ start, end }: SourceRange): string {
  const position = ({ line, character }: SourceRange['start']) =>
    encodeObject({ line: encodeNumber(line), character: encodeNumber(character) })
  return encodeObject({ start: position(start), end: position(end) })
}

function encodeObject(members: Readonly<Record<string, Json>>): string {
  const written = Object.entries(members).filter(([, value]) => value !== undefined)
  return `{${written.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}

function encodeList<T>(items: readonly T[], write: (item: T) => string): Json {
  return items.length === 0 ? undefined : `[${items.map(write).join(',')}]`
}

function encodeText(value: string): Json {
  return value === '' ? undefined : jsonString(value, true)
}

function encodeNumber(value: number): Json {
  return value === 0 ? undefined : String(value)
}

function encodeBase64(data: Uint8Array): string {
  return `"${Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64')}"`
}

/** Formats a time as Go writes it in JSON: RFC 3339 with as many decimals of the second as there are. */
function formatTime(instant: Instant): string {
  const fraction = ((instant % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n
  const date = new Date(Number((instant - fraction) / 1_000_000n))
  const digits = String(fraction).padStart(9, '0').replace(/0+$/, '')
  return date.toISOString().replace(/\.\d+Z$/, `${digits && `.${digits}`}Z`)
}
