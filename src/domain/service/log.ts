import { goQuote } from '../go/quote.ts'

/** Where a line of a service's log comes from, and what else the log driver says of it. */
export interface LogOrigin {
  readonly nodeId: string
  readonly serviceId: string
  readonly taskId: string
  /** `key=value` texts, sorted. */
  readonly details: readonly string[]
}

/** A line of a service's log, taken apart. */
export interface ServiceLogLine {
  /** Empty where none was asked for. */
  readonly timestamp: string
  readonly origin: LogOrigin
  readonly message: Uint8Array
}

const NODE = 'com.docker.swarm.node.id'
const SERVICE = 'com.docker.swarm.service.id'
const TASK = 'com.docker.swarm.task.id'
const SPACE = 0x20

/**
 * Takes apart what a daemon sends as one line of a service's log: `[TIMESTAMP ]DETAILS MESSAGE`.
 * @throws Error in docker's words
 */
export function parseServiceLogLine(line: Uint8Array, hasTimestamp: boolean): ServiceLogLine {
  const first = line.indexOf(SPACE)
  const second = hasTimestamp && first >= 0 ? line.indexOf(SPACE, first + 1) : first
  if (second < 0) throw new Error(`invalid context in log message: ${decode(line)}`)
  const timestamp = hasTimestamp ? decode(line.subarray(0, first)) : ''
  const details = decode(line.subarray(hasTimestamp ? first + 1 : 0, second))
  return { timestamp, origin: originOf(parseDetails(details)), message: line.subarray(second + 1) }
}

function originOf(details: ReadonlyMap<string, string>): LogOrigin {
  const left = new Map(details)
  const take = (key: string, what: string) => {
    const value = left.get(key)
    if (value === undefined) throw new Error(`missing ${what} id in details: ${goMap(left)}`)
    left.delete(key)
    return value
  }
  const nodeId = take(NODE, 'node')
  const serviceId = take(SERVICE, 'service')
  const taskId = take(TASK, 'task')
  return { nodeId, serviceId, taskId, details: [...left].map(([key, value]) => `${key}=${value}`).sort() }
}

/** @throws Error in docker's words */
function parseDetails(text: string): Map<string, string> {
  const pairs = text.split(',').map((pair): [string, string] => {
    const equals = pair.indexOf('=')
    if (equals <= 0) throw new Error('invalid details format')
    return [unescapeQuery(pair.slice(0, equals)), unescapeQuery(pair.slice(equals + 1))]
  })
  return new Map(pairs)
}

/** As Go's `url.QueryUnescape`. */
function unescapeQuery(text: string): string {
  const wrong = /%(?![\da-fA-F]{2}).{0,2}/.exec(text)
  if (wrong) throw new Error(`invalid URL escape ${goQuote(wrong[0])}`)
  const spaced = text.replaceAll('+', ' ')
  try {
    return decodeURIComponent(spaced)
  } catch {
    return spaced
  }
}

function goMap(map: ReadonlyMap<string, string>): string {
  return `map[${[...map]
    .map(([key, value]) => `${key}:${value}`)
    .sort()
    .join(' ')}]`
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
