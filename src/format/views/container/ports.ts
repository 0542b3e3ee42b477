import type { PortSummary } from '../../../domain/container/container.ts'

interface Run {
  readonly ip: string
  readonly type: string
  readonly first: number
  last: number
}

/**
 * The PORTS column: neighbouring ports of one address and protocol are joined, and mappings to another port come last:
 * `80-81/tcp, 0.0.0.0:8080->80/tcp` (docker/cli formatter.DisplayablePorts).
 */
export function displayPorts(ports: readonly PortSummary[]): string {
  if (ports.length === 0) return ''
  const closed: Run[] = []
  const open = new Map<string, Run>()
  const mapped: string[] = []
  for (const { IP: ip = '', PrivatePort: port, PublicPort: publicPort = 0, Type: type } of sorted(ports)) {
    if (ip !== '' && publicPort !== port) {
      mapped.push(`${joinHostPort(ip, publicPort)}->${port}/${type}`)
      continue
    }
    const key = ip === '' ? type : `${ip}/${type}`
    const run = open.get(key)
    if (run?.last === port - 1) {
      run.last = port
      continue
    }
    if (run !== undefined) closed.push(run)
    open.set(key, { ip, type, first: port, last: port })
  }
  if (open.size === 0) return mapped.join(', ')
  const runs = [...closed, ...open.values()].map(shown)
  return runs.concat(mapped).join(', ')
}

function sorted(ports: readonly PortSummary[]): readonly PortSummary[] {
  return ports.every((port, index) => index === 0 || inOrder(ports[index - 1] ?? port, port) <= 0)
    ? ports
    : ports.toSorted(inOrder)
}

function inOrder(a: PortSummary, b: PortSummary): number {
  return (
    a.PrivatePort - b.PrivatePort ||
    compared(a.IP ?? '', b.IP ?? '') ||
    (a.PublicPort ?? 0) - (b.PublicPort ?? 0) ||
    compared(a.Type, b.Type)
  )
}

function compared(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

function shown({ ip, type, first, last }: Run): string {
  const range = first === last ? String(first) : `${first}-${last}`
  return ip === '' ? `${range}/${type}` : `${joinHostPort(ip, range)}->${range}/${type}`
}

/** `host:port`, an IPv6 address in brackets (Go's `net.JoinHostPort`). */
export function joinHostPort(host: string, port: number | string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}
