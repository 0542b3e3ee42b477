import { goQuote } from '../go/quote.ts'

/** The origin of a line of a service's log, and the details that the log driver adds. */
export interface LogOrigin {
  readonly nodeId: string
  readonly serviceId: string
  readonly taskId: string
  /** `key=value` texts, sorted. */
  readonly details: readonly string[]
}

/** A parsed line of a service's log. */
export interface ServiceLogLine {
  /** Empty if the request did not ask for timestamps. */
  readonly timestamp: string
  readonly origin: LogOrigin
  readonly message: Uint8Array
}

const NODE = 'com.docker.swarm.node.id'
const SERVICE = 'com.docker.swarm.service.id'
const TASK = 'com.docker.swarm.task.id'
const SPACE = 0x20

/**
 * Parses one line of a service's log as the daemon sends it: `[TIMESTAMP ]DETAILS MESSAGE`.
 * @throws Error with docker's message
 */
export function parseServiceLogLine(line: Uint8Array, hasTimestamp: boolean): ServiceLogLine {
  const first = line.indexOf(SPACE)
  const second = hasTimestamp && first >= 0 ? line.indexOf(SPACE, first + 1) : first
  if (second < 0) throw new Error(`invalid context in log message: ${decode(line)}`)
  const timestamp = hasTimestamp ? decode(line.subarray(0, first)) : ''
  const details = decode(line.subarray(hasTimestamp ? first + 1 : 0, second))
  return { timestamp, origin: takeOrigin(parseDetails(details)), message: line.subarray(second + 1) }
}

function takeOrigin(details: ReadonlyMap<string, string>): LogOrigin {
  const remaining = new Map(details)
  const take = (key: string, kind: string) => {
    const value = remaining.get(key)
    if (value === undefined) throw new Error(`missing ${kind} id in details: ${formatGoMap(remaining)}`)
    remaining.delete(key)
    return value
  }
  const nodeId = take(NODE, 'node')
  const serviceId = take(SERVICE, 'service')
  const taskId = take(TASK, 'task')
  return { nodeId, serviceId, taskId, details: [...remaining].map(([key, value]) => `${key}=${value}`).sort() }
}

/** @throws Error with docker's message */
function parseDetails(text: string): Map<string, string> {
  const pairs = text.split(',').map((pair): [string, string] => {
    const equals = pair.indexOf('=')
    if (equals <= 0) throw new Error('invalid details format')
    return [unescapeQuery(pair.slice(0, equals)), unescapeQuery(pair.slice(equals + 1))]
  })
  return new Map(pairs)
}

/** Does what Go's `url.QueryUnescape` does. */
function unescapeQuery(text: string): string {
  const invalid = /%(?![\da-fA-F]{2}).{0,2}/.exec(text)
  if (invalid) throw new Error(`invalid URL escape ${goQuote(invalid[0])}`)
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function formatGoMap(map: ReadonlyMap<string, string>): string {
  return `map[${[...map]
    .map(([key, value]) => `${key}:${value}`)
    .sort()
    .join(' ')}]`
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
