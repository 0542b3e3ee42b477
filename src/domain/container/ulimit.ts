import { goQuote } from '../go/quote.ts'

export interface Ulimit {
  readonly Name: string
  readonly Hard: number
  readonly Soft: number
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

function checkOrder(soft: number, hard: number): void {
  const message = 'ulimit soft limit must be less than or equal to hard limit'
  if (hard === -1) return
  if (soft === -1) throw new Error(`${message}: soft: -1 (unlimited), hard: ${hard}`)
  if (soft > hard) throw new Error(`${message}: ${soft} > ${hard}`)
}

function parseLimit(text: string): number {
  const invalidLimit = (reason: string) => new Error(`strconv.ParseInt: parsing ${goQuote(text)}: ${reason}`)
  if (!/^[+-]?\d+$/.test(text)) throw invalidLimit('invalid syntax')
  const limit = BigInt(text.replace(/^\+/, ''))
  if (BigInt.asIntN(64, limit) !== limit) throw invalidLimit('value out of range')
  return Number(limit)
}
