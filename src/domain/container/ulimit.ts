import { type Int64, parseDecimalInt } from '../go/int.ts'
import { goQuote } from '../go/quote.ts'

export interface Ulimit {
  readonly Name: string
  readonly Hard: Int64
  readonly Soft: Int64
}

const NAMES = new Set([
  ...['core', 'cpu', 'data', 'fsize', 'locks', 'memlock', 'msgqueue', 'nice', 'nofile', 'nproc', 'rss', 'rtprio'],
  ...['rttime', 'sigpending', 'stack'],
])

/**
 * Parses one `--ulimit`, `name=soft[:hard]`; -1 is unlimited.
 * @throws Error with docker's reason
 */
export function parseUlimit(text: string): Ulimit {
  const equals = text.indexOf('=')
  if (equals < 0) throw new Error(`invalid ulimit argument: ${text}`)
  const name = text.slice(0, equals)
  const limits = text.slice(equals + 1)
  if (!NAMES.has(name)) throw new Error(`invalid ulimit type: ${name}`)
  const [softText = '', hardText, ...rest] = limits.split(':')
  if (rest.length > 0) {
    throw new Error(`too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``)
  }
  const soft = parseLimit(softText)
  const hard = hardText === undefined ? soft : parseLimit(hardText)
  checkOrder(soft, hard)
  return { Name: name, Hard: hard, Soft: soft }
}

function checkOrder(soft: Int64, hard: Int64): void {
  const message = 'ulimit soft limit must be less than or equal to hard limit'
  if (hard === -1) return
  if (soft === -1) throw new Error(`${message}: soft: -1 (unlimited), hard: ${hard}`)
  if (soft > hard) throw new Error(`${message}: ${soft} > ${hard}`)
}

function parseLimit(text: string): Int64 {
  const limit = parseDecimalInt(text, 'int64')
  if (typeof limit === 'string') throw new Error(`strconv.ParseInt: parsing ${goQuote(text)}: ${limit}`)
  return limit
}

/** Returns the last limit of each name, sorted by name. */
export function lastUlimits(ulimits: readonly Ulimit[]): Ulimit[] {
  const byName = new Map(ulimits.map((ulimit) => [ulimit.Name, ulimit]))
  return [...byName.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1))
}
