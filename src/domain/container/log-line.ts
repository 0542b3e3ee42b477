/** The lines of a container's log, which the daemon sends with timestamps. */
import { concatenate, WholeFrameReader } from './frames.ts'

/** A line of a log, or a part of a very long one. */
export interface LogLine {
  readonly stream: 'stdout' | 'stderr'
  /** When the container wrote it, in UTC with nine digits of a second. Such texts sort by time. */
  readonly time: string
  /** The timestamp as the daemon wrote it; empty if there is none. */
  readonly timestamp: string
  /** The bytes with the newline, which a line may lack when the container has ended or the line is very long. */
  readonly bytes: Uint8Array
}

/** The most bytes of a line that are kept in memory. Longer lines are cut into several. */
const MAX_LINE = 1024 * 1024
/** The size in bytes of the pieces into which log drivers cut long lines. Each piece has a timestamp. */
const PIECE = 16 * 1024
const NEWLINE = 0x0a
const SPACE = 0x20
/** The length in bytes of the longest timestamp: `2006-01-02T15:04:05.999999999+07:00`. */
const MAX_TIMESTAMP = 35
const LATIN1 = new TextDecoder('latin1')
const TIMESTAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/** Reads the lines of a log from the body of a response. */
export class LogLineReader {
  readonly #frames: WholeFrameReader | undefined
  readonly #unfinished = new Map<LogLine['stream'], Unfinished>()
  #lastTime = ''

  /** @param isRaw whether the container has a terminal, so that there are no frames */
  constructor(isRaw: boolean) {
    this.#frames = isRaw ? undefined : new WholeFrameReader()
  }

  /** Returns the lines that a chunk of the body completes. @throws Error with the daemon's message */
  read(chunk: Uint8Array): LogLine[] {
    const lines: LogLine[] = []
    if (this.#frames === undefined) this.#addRaw(chunk, lines)
    else for (const { stream, bytes } of this.#frames.read(chunk)) this.#addPiece(stream, bytes, lines)
    return lines
  }

  /** Returns the lines that have no newline when the body has ended. */
  end(): LogLine[] {
    const lines: LogLine[] = []
    for (const stream of [...this.#unfinished.keys()]) this.#finish(stream, lines)
    return lines
  }

  /** Adds the content of a frame: a line, or a piece of a long one. */
  #addPiece(stream: LogLine['stream'], bytes: Uint8Array, lines: LogLine[]): void {
    const { timestamp, time, rest } = splitTimestamp(bytes)
    if (time !== '') this.#lastTime = time
    const line = this.#unfinished.get(stream) ?? { timestamp, time: this.#lastTime, parts: [], size: 0 }
    line.parts.push(rest)
    line.size += rest.length
    this.#unfinished.set(stream, line)
    if (rest.at(-1) === NEWLINE || line.size >= MAX_LINE) this.#finish(stream, lines)
  }

  /** Adds bytes of a raw stream, in which only newlines separate lines. */
  #addRaw(chunk: Uint8Array, lines: LogLine[]): void {
    for (let at = 0; at < chunk.length; ) {
      const newline = chunk.indexOf(NEWLINE, at)
      const end = newline < 0 ? chunk.length : newline + 1
      const line = this.#unfinished.get('stdout') ?? { timestamp: '', time: '', parts: [], size: 0 }
      line.parts.push(chunk.subarray(at, end))
      line.size += end - at
      this.#unfinished.set('stdout', line)
      if (newline >= 0 || line.size >= MAX_LINE) this.#finish('stdout', lines)
      at = end
    }
  }

  #finish(stream: LogLine['stream'], lines: LogLine[]): void {
    const line = this.#unfinished.get(stream)
    if (line === undefined) return
    this.#unfinished.delete(stream)
    const bytes = concatenate(line.parts)
    if (this.#frames === undefined) this.#finishRaw(bytes, lines)
    else lines.push({ stream, timestamp: line.timestamp, time: line.time, bytes })
  }

  /** Adds a line of a raw stream. If it has no newline, an incomplete piece at its end stays for the next line. */
  #finishRaw(line: Uint8Array, lines: LogLine[]): void {
    const { timestamp, time } = splitTimestamp(line)
    if (time !== '') this.#lastTime = time
    const { pieces, left } = splitPieces(line)
    const isCut = line.at(-1) !== NEWLINE && line.length >= MAX_LINE
    if (isCut) this.#unfinished.set('stdout', { timestamp: '', time: '', parts: [left], size: left.length })
    const bytes = concatenate(isCut ? pieces : [...pieces, splitTimestamp(left).rest])
    lines.push({ stream: 'stdout', timestamp, time: this.#lastTime, bytes })
  }
}

/** A line whose end has not arrived. */
interface Unfinished {
  readonly timestamp: string
  readonly time: string
  readonly parts: Uint8Array[]
  size: number
}

/** Separates the timestamp from what follows. Without one, everything is what follows. */
function splitTimestamp(bytes: Uint8Array): { timestamp: string; time: string; rest: Uint8Array } {
  const space = bytes.subarray(0, MAX_TIMESTAMP + 1).indexOf(SPACE)
  const timestamp = space < 0 ? '' : LATIN1.decode(bytes.subarray(0, space))
  const time = timeOf(timestamp)
  return time === '' ? { timestamp: '', time, rest: bytes } : { timestamp, time, rest: bytes.subarray(space + 1) }
}

/** Returns a timestamp in UTC with nine digits of a second and without a zone; empty for other text. */
function timeOf(timestamp: string): string {
  const [, seconds = '', fraction = '', zone] = TIMESTAMP.exec(timestamp) ?? []
  if (zone === undefined) return ''
  const utc = zone === 'Z' ? seconds : new Date(`${seconds}${zone}`).toISOString().slice(0, 19)
  return `${utc}.${fraction.padEnd(9, '0')}`
}

/**
 * Splits a line of a raw stream into its pieces. The daemon puts a timestamp in front of each, which is removed.
 * @returns the complete pieces, and what is left with its timestamp
 */
function splitPieces(line: Uint8Array): { pieces: Uint8Array[]; left: Uint8Array } {
  const pieces: Uint8Array[] = []
  for (let left = line; ; ) {
    const { rest } = splitTimestamp(left)
    if (rest.length <= PIECE) return { pieces, left }
    pieces.push(rest.subarray(0, PIECE))
    left = rest.subarray(PIECE)
  }
}
