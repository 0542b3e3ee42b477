import type { PublishedPorts } from '../../../domain/container/port.ts'
import { compareNaturally } from '../../../domain/natural-order.ts'
import { joinHostPort } from './ports.ts'

/** Where every published port is to be reached, `80/tcp -> 0.0.0.0:8080`, sorted by port. */
export function publishedPortLines(ports: PublishedPorts): string[] {
  return Object.keys(ports)
    .flatMap((port) => addresses(ports, port).map((address) => `${port} -> ${address}`))
    .sort(compareNaturally)
}

/** Where one port is to be reached, sorted; empty for a port that is not published. @param port such as `80/tcp` */
export function publishedAddressLines(ports: PublishedPorts, port: string): string[] {
  return addresses(ports, port).sort(compareNaturally)
}

function addresses(ports: PublishedPorts, port: string): string[] {
  const bindings = Object.hasOwn(ports, port) ? ports[port] : undefined
  return (bindings ?? []).map(({ HostIp, HostPort }) => joinHostPort(HostIp, HostPort))
}
