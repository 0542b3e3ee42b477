import type { PortSummary } from '../../../domain/container/container.ts'
import type { PublishedPorts } from '../../../domain/container/port.ts'
import { compareNaturally } from '../../../domain/natural-order.ts'

/** Adjacent ports of one address and protocol. */
interface PortRange {
  readonly ip: string
  readonly type: string
  readonly first: number
  last: number
}

/**
 * Formats the column PORTS: `80-81/tcp, 0.0.0.0:8080->80/tcp`. Adjacent ports of one address and protocol are joined, and
 * ports that are published as another port come last (docker/cli formatter.DisplayablePorts).
 */
export function formatPorts(ports: readonly PortSummary[]): string {
  if (ports.length === 0) return ''
  const closed: PortRange[] = []
  const open = new Map<string, PortRange>()
  const mapped: string[] = []
  for (const { IP: ip = '', PrivatePort: port, PublicPort: publicPort = 0, Type: type } of sortPorts(ports)) {
    if (ip !== '' && publicPort !== port) {
      mapped.push(`${joinHostPort(ip, publicPort)}->${port}/${type}`)
      continue
    }
    const key = ip === '' ? type : `${ip}/${type}`
    const range = open.get(key)
    if (range?.last === port - 1) {
      range.last = port
      continue
    }
    if (range !== undefined) closed.push(range)
    open.set(key, { ip, type, first: port, last: port })
  }
  if (open.size === 0) return mapped.join(', ')
  const ranges = [...closed, ...open.values()].map(formatRange)
  return ranges.concat(mapped).join(', ')
}

function sortPorts(ports: readonly PortSummary[]): readonly PortSummary[] {
  if (ports.length < 2) return ports
  return ports.every((port, index) => index === 0 || comparePorts(ports[index - 1] ?? port, port) <= 0)
    ? ports
    : ports.toSorted(comparePorts)
}

function comparePorts(a: PortSummary, b: PortSummary): number {
  return (
    a.PrivatePort - b.PrivatePort ||
    compareStrings(a.IP ?? '', b.IP ?? '') ||
    (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
    compareStrings(a.Type, b.Type)
  )
}

function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function formatRange({ ip, type, first, last }: PortRange): string {
  const range = first === last ? String(first) : `${first}-${last}`
  return ip === '' ? `${range}/${type}` : `${joinHostPort(ip, range)}->${range}/${type}`
}

/** Formats `host:port`, with an IPv6 address in brackets (Go's `net.JoinHostPort`). */
function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** Returns a line for every published port, `80/tcp -> 0.0.0.0:8080`, sorted by port. */
export function formatPublishedPorts(ports: PublishedPorts): string[] {
  return Object.keys(ports)
    .flatMap((port) => addresses(ports, port).map((address) => `${port} -> ${address}`))
    .sort(compareNaturally)
}

/** Returns the sorted addresses at which a port, such as `80/tcp`, is published. */
export function formatPublishedAddresses(ports: PublishedPorts, port: string): string[] {
  return addresses(ports, port).sort(compareNaturally)
}

function addresses(ports: PublishedPorts, port: string): string[] {
  const bindings = Object.hasOwn(ports, port) ? ports[port] : undefined
  return (bindings ?? []).map(({ HostIp, HostPort }) => joinHostPort(HostIp, HostPort))
}
