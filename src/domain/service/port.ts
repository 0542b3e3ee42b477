import { parseShortPublished } from '../container/port.ts'
import { parseCsvRecord } from '../go/csv.ts'
import { splitKeyValue } from '../key-value.ts'
import type { ServicePort } from './service.ts'

const PROTOCOLS = ['tcp', 'udp', 'sctp']
const MODES = ['ingress', 'host']
const LAST_PORT = 0xffff

/**
 * Parses one `--publish` of a service: `[PUBLISHED:]TARGET[/PROTOCOL]`, each possibly a range, or
 * `published=…,target=…[,protocol=…][,mode=…]`.
 * @throws Error with docker's reason
 */
export function parseServicePorts(text: string): ServicePort[] {
  return /\w+=\w+/.test(text) ? [parseLongSyntax(text)] : parseShortPorts(text)
}

function parseLongSyntax(text: string): ServicePort {
  const port = { Protocol: 'tcp', TargetPort: 0, PublishedPort: 0, PublishMode: 'ingress' }
  for (const field of parseCsvRecord(text)) {
    const { key, value } = splitKeyValue(field)
    if (value === undefined || key === '') throw new Error(`invalid field: ${field}`)
    switch (key.toLowerCase()) {
      case 'protocol':
        if (!PROTOCOLS.includes(value.toLowerCase())) throw new Error(`invalid protocol value '${value}'`)
        port.Protocol = value.toLowerCase()
        break
      case 'mode':
        if (!MODES.includes(value.toLowerCase()))
          throw new Error(`invalid publish mode value (${value}): must be either 'ingress' or 'host'`)
        port.PublishMode = value.toLowerCase()
        break
      case 'target':
        port.TargetPort = parsePortNumber('target', value)
        break
      case 'published':
        port.PublishedPort = parsePortNumber('published', value)
        break
      default:
        throw new Error(`invalid field key: ${key}`)
    }
  }
  if (port.TargetPort === 0) throw new Error("missing mandatory field 'target'")
  return omitUnpublished(port)
}

function parsePortNumber(kind: string, text: string): number {
  const invalidPort = (reason: string) =>
    new Error(`invalid ${kind} port (${text}): value must be an integer: ${reason}`)
  if (!/^\d+$/.test(text)) throw invalidPort('invalid syntax')
  const port = Number(text)
  if (port > LAST_PORT) throw invalidPort('value out of range')
  return port
}

/**
 * Parses a published port in the short syntax only.
 * @param ignoresAddress whether an address of the host is ignored; otherwise it is refused
 * @throws Error with docker's reason
 */
export function parseShortPorts(text: string, { ignoresAddress } = { ignoresAddress: false }): ServicePort[] {
  const bindings = Object.entries(parseShortPublished([text]))
  if (!ignoresAddress && bindings.some(([, published]) => published.some(({ HostIp }) => HostIp !== ''))) {
    throw new Error('hostip is not supported')
  }
  return bindings.flatMap(([target, published]) => {
    const [port = '', protocol = ''] = target.split('/')
    return published.flatMap(({ HostPort }) =>
      expandRange(HostPort).map((number) =>
        omitUnpublished({
          Protocol: protocol,
          TargetPort: Number(port),
          PublishedPort: number,
          PublishMode: 'ingress',
        }),
      ),
    )
  })
}

/** Returns every port of a range; for empty text a single 0, which lets the swarm choose. */
function expandRange(text: string): number[] {
  const [start = 0, end = start] = text.split('-').map(Number)
  return Array.from({ length: end - start + 1 }, (_, offset) => start + offset)
}

function omitUnpublished({ PublishedPort, ...port }: Required<Omit<ServicePort, 'Name'>>): ServicePort {
  return PublishedPort === 0 ? port : { ...port, PublishedPort }
}
