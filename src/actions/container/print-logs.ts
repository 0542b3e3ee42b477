/** Prints the logs of several containers as one, or of one in a way that the daemon does not have. */

import { copyResponse, type OutputTargets } from '../../attach/copy-output.ts'
import type { Target } from '../../cli/each.ts'
import { concatenate, encodeFrame } from '../../domain/container/frames.ts'
import type { LogLine } from '../../domain/container/log-line.ts'
import { describeError } from '../../domain/errors.ts'
import { formatRfc3339, type Zone } from '../../domain/go/gotime.ts'
import { mergeLogs } from './merge-logs.ts'
import { followName, type LogReading, readLog } from './read-log.ts'

/** How long lines wait for older ones of other logs while these are followed, in milliseconds. */
const PATIENCE = 250
const NEWLINE = 0x0a

export interface PrintedLogs extends Omit<LogReading, 'signal'> {
  readonly targets: readonly Target[]
  /** Whether the containers that get these names later are followed too. */
  readonly followsNames: boolean
  /** The zone of the timestamps; `daemon` for those of the daemon, undefined for none. */
  readonly timestamps: Zone | 'daemon' | undefined
  /** What stands in front of the lines of each target; undefined for nothing. */
  readonly prefixes: Readonly<Record<LogLine['stream'], readonly string[]>> | undefined
  readonly report: (message: string) => void
  readonly output: OutputTargets
}

/**
 * Prints logs in the order of the times of their lines. A log that cannot be read is reported, and does not keep the others
 * from being printed.
 * @returns whether all of them could be read
 * @throws ExitStatus when the reader of our output is gone
 */
export async function printLogs(logs: PrintedLogs): Promise<boolean> {
  const finished = new AbortController()
  const reading = { api: logs.api, request: logs.request, signal: finished.signal }
  const failures = new Set<string>()
  const fail = (error: unknown) => {
    // What fails because we end is no failure of the log.
    if (finished.signal.aborted) return
    const message = describeError(error)
    // A daemon that is gone is the failure of each log.
    if (!failures.has(message)) logs.report(message)
    failures.add(message)
  }
  const inputs = logs.targets.map((target) => reportFailure(open(target, logs, reading), fail))
  const patience = logs.followsNames || logs.request.follow ? PATIENCE : Number.POSITIVE_INFINITY
  try {
    await copyResponse(render(mergeLogs(inputs, patience), logs), false, logs.output)
  } finally {
    finished.abort()
  }
  return failures.size === 0
}

function open(
  { name, id }: Target,
  { followsNames, report }: PrintedLogs,
  reading: LogReading,
): AsyncIterable<readonly LogLine[]> {
  if (!followsNames) return readLog(id, reading)
  return followName(name, reading, () => report(`waiting for a container with the name ${JSON.stringify(name)}`))
}

/** Ends a log at its error, which is reported. */
async function* reportFailure<T>(items: AsyncIterable<T>, fail: (error: unknown) => void): AsyncGenerator<T> {
  try {
    yield* items
  } catch (error) {
    fail(error)
  }
}

/** Returns the merged lines as a multiplexed stream. */
async function* render(batches: ReturnType<typeof mergeLogs>, logs: PrintedLogs): AsyncGenerator<Uint8Array> {
  const isMerged = logs.targets.length > 1
  const encoder = new TextEncoder()
  const encodeAll = (texts: readonly string[] = []) => texts.map((text) => encoder.encode(text))
  const prefixes = { stdout: encodeAll(logs.prefixes?.stdout), stderr: encodeAll(logs.prefixes?.stderr) }
  const nothing = new Uint8Array(0)
  const end = Uint8Array.of(NEWLINE)
  for await (const batch of batches) {
    const frames = batch.map(({ log, line }) => {
      const prefix = prefixes[line.stream][log] ?? nothing
      const timestamp = encoder.encode(timestampText(line, logs.timestamps))
      // The next line may be that of another log.
      const needsEnd = (isMerged || prefix.length > 0) && line.bytes.at(-1) !== NEWLINE
      return encodeFrame(line.stream, [prefix, timestamp, line.bytes, needsEnd ? end : nothing])
    })
    yield concatenate(frames)
  }
}

function timestampText({ timestamp, time }: LogLine, zone: PrintedLogs['timestamps']): string {
  if (zone === undefined || timestamp === '') return ''
  if (zone === 'daemon') return `${timestamp} `
  const local = formatRfc3339(Date.parse(`${time.slice(0, 19)}Z`) / 1000, zone)
  return `${local.slice(0, 19)}${time.slice(19)}${local.slice(19)} `
}
