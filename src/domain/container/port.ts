import { goQuote } from '../go/quote.ts'
import { splitKeyValue } from '../key-value.ts'
import { canonicalIp } from '../network/address.ts'

/** The host address that a port is published on. The daemon chooses if `HostPort` is empty or a range. */
interface PortBinding {
  readonly HostIp: string
  readonly HostPort: string
}

/** Port bindings by container port and protocol, `80/tcp`. */
export type PortMap = Readonly<Record<string, readonly PortBinding[]>>

/** The published ports of a container; null for a port that is exposed but not published. */
export type PublishedPorts = Readonly<Record<string, readonly PortBinding[] | null>>

interface PortRange {
  readonly start: number
  readonly end: number
}

/**
 * Parses the values of `-p`: `[[hostIp:]hostPort:]port[/protocol]`, each port possibly a range, or
 * `published=…,target=…[,protocol=…]`.
 * @returns the bindings, in the order typed
 * @throws Error with docker's reason
 */
export function parsePublished(specs: readonly string[]): PortMap {
  return parseShortPublished(specs.map(toShortSyntax))
}

/** Parses published ports in the short syntax only. @throws Error with docker's reason */
export function parseShortPublished(specs: readonly string[]): PortMap {
  const bindings: Record<string, PortBinding[]> = {}
  for (const spec of specs) {
    for (const { port, binding } of parsePortSpec(spec)) {
      bindings[port] = [...(bindings[port] ?? []), binding]
    }
  }
  return bindings
}

/** Converts `published=8080,target=80` to `8080:80/tcp`. docker ignores other keys. */
function toShortSyntax(spec: string): string {
  if (!spec.includes('=')) return spec
  const params: Record<string, string> = { protocol: 'tcp' }
  for (const param of spec.split(',')) {
    const { key, value } = splitKeyValue(param)
    if (value === undefined) {
      throw new Error(`invalid publish opts format (should be name=value but got '${param}')`)
    }
    params[key] = value
  }
  return `${params.published ?? ''}:${params.target ?? ''}/${params.protocol}`
}

function parsePortSpec(spec: string): { port: string; binding: PortBinding }[] {
  const parts = spec.split(':')
  const { port: containerText, protocol } = splitProtocol(parts.at(-1) ?? '')
  const hostText = parts.at(-2) ?? ''
  if (containerText === '') throw new Error(`no port specified: ${spec}<empty>`)
  const lowered = protocol.toLowerCase()
  if (!['tcp', 'udp', 'sctp'].includes(lowered)) throw new Error(`invalid proto: ${lowered}`)
  const hostIp = parseHostIp(parts.slice(0, -2).join(':'))
  const container = parseRangeOr(containerText, `invalid containerPort: ${containerText}`)
  const host = hostText === '' ? undefined : parseRangeOr(hostText, `invalid hostPort: ${hostText}`)
  const count = container.end - container.start + 1
  if (host && host.end - host.start + 1 !== count && count !== 1) {
    throw new Error(`invalid ranges specified for container and host Ports: ${containerText} and ${hostText}`)
  }
  return Array.from({ length: count }, (_, offset) => ({
    port: `${container.start + offset}/${lowered}`,
    binding: { HostIp: hostIp, HostPort: hostPortAt(host, offset, count) },
  }))
}

/** For a single container port the daemon chooses from the host range; two ranges are matched port by port. */
function hostPortAt(host: PortRange | undefined, offset: number, count: number): string {
  if (!host) return ''
  const port = String(host.start + offset)
  return count === 1 && host.end !== host.start ? `${port}-${host.end}` : port
}

function parseHostIp(text: string): string {
  let ip = text
  if (text.startsWith('[')) {
    const close = text.indexOf(']')
    if (close < 0) throw new Error(`invalid IP address ${text}: address ${text}:: missing ']' in address`)
    if (close !== text.length - 1)
      throw new Error(`invalid IP address ${text}: address ${text}:: missing port in address`)
    ip = text.slice(1, -1)
  }
  if (ip !== '' && canonicalIp(ip) === undefined) throw new Error(`invalid IP address: ${ip}`)
  return ip
}

function parseRangeOr(text: string, message: string): PortRange {
  try {
    return parsePortRange(text)
  } catch {
    throw new Error(message)
  }
}

/**
 * Parses the value of `--expose`: `port[/protocol]` or `start-end[/protocol]`.
 * @returns the ports as `80/tcp`
 * @throws Error with docker's reason
 */
export function parseExposed(spec: string): string[] {
  if (spec.includes(':')) throw new Error(`invalid port format for --expose: ${spec}`)
  const { port, protocol } = splitProtocol(spec)
  try {
    const { start, end } = parsePortRange(port)
    return Array.from({ length: end - start + 1 }, (_, offset) => `${start + offset}/${protocol}`)
  } catch (error) {
    throw new Error(`invalid range format for --expose: ${spec}, error: ${error instanceof Error ? error.message : ''}`)
  }
}

function splitProtocol(text: string): { port: string; protocol: string } {
  const [port = '', protocol = ''] = text.split('/')
  return port === '' ? { port: '', protocol: '' } : { port, protocol: protocol || 'tcp' }
}

function parsePortRange(text: string): PortRange {
  if (text === '') throw new Error('empty string specified for ports')
  const dash = text.indexOf('-')
  if (dash < 0) {
    const port = parsePort(text)
    return { start: port, end: port }
  }
  // Like go-connections, this ignores what follows a second dash.
  const [start = '', end = ''] = text.split('-')
  const range = { start: parsePort(start), end: parsePort(end) }
  if (range.end < range.start) throw new Error(`invalid range specified for port: ${text}`)
  return range
}

function parsePort(text: string): number {
  const invalidPort = (reason: string) => new Error(`strconv.ParseUint: parsing ${goQuote(text)}: ${reason}`)
  if (!/^\d+$/.test(text)) throw invalidPort('invalid syntax')
  const port = Number(text)
  if (port > 0xffff) throw invalidPort('value out of range')
  return port
}

/**
 * Parses the port operand of `port`: `80` or `80/udp`. The protocol is not checked.
 * @returns the port as the Engine API has it, `80/tcp`
 * @throws Error with docker's reason
 */
export function parsePrivatePort(text: string): string {
  const slash = text.indexOf('/')
  const port = slash < 0 ? text : text.slice(0, slash)
  const protocol = slash < 0 ? '' : text.slice(slash + 1)
  try {
    parsePort(port)
  } catch (error) {
    throw new Error(`Error: invalid port (${port}): ${error instanceof Error ? error.message : ''}`, { cause: error })
  }
  return `${port}/${protocol || 'tcp'}`
}
