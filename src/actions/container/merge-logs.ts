import type { LogLine } from '../../domain/container/log-line.ts'

/** A line and the number of the log that it is from. */
export interface MergedLine {
  readonly log: number
  readonly line: LogLine
}

/** The most lines that are passed on together. */
const MAX_BATCH = 1000

/**
 * Merges logs by the times of their lines. Each log is read no faster than its lines are passed on, and only what has
 * arrived of it is held.
 * @param patience how long the lines of other logs wait for a log without new lines, in milliseconds
 */
export async function* mergeLogs(
  logs: readonly AsyncIterable<readonly LogLine[]>[],
  patience: number,
): AsyncGenerator<readonly MergedLine[]> {
  const alarm = new Alarm()
  const open = new Set(logs.map((log, number) => new MergedLog(number, log, () => alarm.ring())))
  for (;;) {
    alarm.set()
    for (const log of open) if (log.isEmpty && log.read() === 'ended') open.delete(log)
    if (open.size === 0) return
    const ready = [...open].filter(({ isEmpty }) => !isEmpty)
    const deadline = Math.max(0, ...[...open].filter(({ isEmpty }) => isEmpty).map((log) => log.emptySince + patience))
    if (ready.length === 0) await alarm.wait(Number.POSITIVE_INFINITY)
    else if (deadline > Date.now()) await alarm.wait(deadline - Date.now())
    else yield takeLines(ready)
  }
}

/** Takes the next lines in the order of their times, until one log has none left that have arrived. */
function takeLines(logs: readonly MergedLog[]): MergedLine[] {
  const taken: MergedLine[] = []
  while (taken.length < MAX_BATCH) {
    const [first, second] = firstTwo(logs)
    if (first === undefined) break
    do taken.push({ log: first.number, line: first.take() })
    while (!first.isEmpty && taken.length < MAX_BATCH && (second === undefined || isBefore(first, second)))
    if (first.isEmpty) break
  }
  return taken
}

/** Returns the logs whose next lines are the oldest. Of equally old ones, the earlier log is first. */
function firstTwo(logs: readonly MergedLog[]): [MergedLog | undefined, MergedLog | undefined] {
  let first: MergedLog | undefined
  let second: MergedLog | undefined
  for (const log of logs) {
    if (first === undefined || isBefore(log, first)) [first, second] = [log, first]
    else if (second === undefined || isBefore(log, second)) second = log
  }
  return [first, second]
}

function isBefore(log: MergedLog, other: MergedLog): boolean {
  return log.time < other.time || (log.time === other.time && log.number < other.number)
}

/** The lines of one log that have arrived. */
class MergedLog {
  readonly number: number
  readonly #batches: AsyncIterator<readonly LogLine[]>
  readonly #onChange: () => void
  #lines: readonly LogLine[] = []
  #at = 0
  #isReading = false
  #isEnded = false
  #error: unknown
  /** When the last line was taken, in milliseconds since 1970. */
  emptySince = Date.now()

  constructor(number: number, lines: AsyncIterable<readonly LogLine[]>, onChange: () => void) {
    this.number = number
    this.#batches = lines[Symbol.asyncIterator]()
    this.#onChange = onChange
  }

  get isEmpty(): boolean {
    return this.#at >= this.#lines.length
  }

  /** The time of the next line. */
  get time(): string {
    return this.#lines[this.#at]?.time ?? ''
  }

  take(): LogLine {
    const line = this.#lines[this.#at++]
    if (line === undefined) throw new Error('no line has arrived')
    if (this.isEmpty) this.emptySince = Date.now()
    return line
  }

  /** Begins to read more lines. @throws the error of the log */
  read(): 'reading' | 'ended' {
    if (this.#error !== undefined) throw this.#error
    if (this.#isEnded) return 'ended'
    if (!this.#isReading) void this.#readBatch()
    return 'reading'
  }

  async #readBatch(): Promise<void> {
    this.#isReading = true
    try {
      const { done = false, value = [] } = await this.#batches.next()
      this.#isEnded = done
      this.#lines = value
      this.#at = 0
    } catch (error) {
      this.#error = error
    }
    this.#isReading = false
    this.#onChange()
  }
}

/** Waits for one of many events. Promise.race would keep a listener on each promise that never settles. */
class Alarm {
  #ringing = Promise.withResolvers<void>()

  /** Forgets what has rung before. */
  set(): void {
    this.#ringing = Promise.withResolvers<void>()
  }

  ring(): void {
    this.#ringing.resolve()
  }

  /** Waits until it rings, or for some milliseconds. */
  async wait(milliseconds: number): Promise<void> {
    const timer = Number.isFinite(milliseconds) ? setTimeout(() => this.ring(), milliseconds) : undefined
    await this.#ringing.promise
    clearTimeout(timer)
  }
}
