/** Reads the log of a container as lines, and of containers that take each other's place under one name. */
import { setTimeout as pause } from 'node:timers/promises'
import { type LogLine, LogLineReader } from '../../domain/container/log-line.ts'
import { EngineError } from '../../domain/errors.ts'
import type { ContainerStreamApi, InspectedContainer, LogRequest } from '../../engine/api/container-streams.ts'

/** The time between two checks whether a container runs again, in milliseconds. */
const CHECK_INTERVAL = 500

export interface LogReading {
  readonly api: ContainerStreamApi
  /** What is requested of the log; timestamps always are. */
  readonly request: Omit<LogRequest, 'timestamps'>
  readonly signal: AbortSignal
}

/** Yields the lines of a container's log as they arrive. @throws EngineError, ConnectionError */
export async function* readLog(nameOrId: string, reading: LogReading): AsyncGenerator<readonly LogLine[]> {
  yield* linesOf(await reading.api.inspect(nameOrId, reading.signal), reading)
}

/**
 * Yields the lines of the container that has a name. It goes on when the container runs again, and with another container that
 * gets the name.
 * @param onMissing called if there is no container of that name yet
 * @throws EngineError, ConnectionError
 */
export async function* followName(
  name: string,
  reading: LogReading,
  onMissing: () => void,
): AsyncGenerator<readonly LogLine[]> {
  let last: { readonly id: string; readonly startedAt: string } | undefined
  let lastTime = ''
  for (let isFirst = true; ; isFirst = false) {
    const container = await inspectIfExists(name, reading)
    if (container === undefined && isFirst) onMissing()
    const startedAt = container?.State.StartedAt ?? ''
    if (container !== undefined && (container.Id !== last?.id || startedAt !== last.startedAt)) {
      const isSame = container.Id === last?.id
      if (!isSame) lastTime = ''
      const since = isSame && lastTime !== '' ? unixTime(lastTime) : ''
      // What was typed for the beginning of the log holds for the first container only.
      const begin = last === undefined ? {} : { since, tail: 'all' }
      last = { id: container.Id, startedAt }
      const request = { ...reading.request, ...begin, follow: true }
      const printedUntil = lastTime
      for await (const lines of linesOf(container, { ...reading, request })) {
        const fresh = isSame ? lines.filter(({ time }) => time > printedUntil) : lines
        lastTime = fresh.at(-1)?.time ?? lastTime
        if (fresh.length > 0) yield fresh
      }
    }
    await pause(CHECK_INTERVAL, undefined, { signal: reading.signal })
  }
}

async function* linesOf(
  { Id, Config }: InspectedContainer,
  { api, request, signal }: LogReading,
): AsyncGenerator<readonly LogLine[]> {
  const lines = new LogLineReader(Config.Tty)
  for await (const chunk of await api.logs(Id, { ...request, timestamps: true }, signal)) {
    const complete = lines.read(chunk)
    if (complete.length > 0) yield complete
  }
  yield lines.end()
}

async function inspectIfExists(name: string, { api, signal }: LogReading): Promise<InspectedContainer | undefined> {
  try {
    return await api.inspect(name, signal)
  } catch (error) {
    if (error instanceof EngineError && error.isNotFound) return undefined
    throw error
  }
}

/** Returns Unix seconds with nanoseconds for the time of a line. */
function unixTime(time: string): string {
  return `${Date.parse(`${time.slice(0, 19)}Z`) / 1000}.${time.slice(20)}`
}
