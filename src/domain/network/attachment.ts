import { parseCsvRecord } from '../go/csv.ts'
import { splitKeyValue } from '../key-value.ts'

/** One `--network`: which network, and how the container appears on it. */
export interface NetworkAttachment {
  readonly target: string
  readonly aliases: readonly string[]
  readonly driverOpts: Readonly<Record<string, string>>
  readonly links: readonly string[]
  readonly ipv4Address: string
  readonly ipv6Address: string
  readonly linkLocalIps: readonly string[]
  readonly macAddress: string
  readonly gatewayPriority: number
}

/** An attachment to `target` that asks for nothing special. */
export function plainAttachment(target: string): NetworkAttachment {
  return {
    target,
    aliases: [],
    driverOpts: {},
    links: [],
    ipv4Address: '',
    ipv6Address: '',
    linkLocalIps: [],
    macAddress: '',
    gatewayPriority: 0,
  }
}

/**
 * Reads what `--network` takes: a name, a mode (`host`, `container:x`) or `name=…,alias=…,ip=…`. docker lowers the
 * case of the long form, values included.
 * @throws Error with docker's reason
 */
export function parseNetworkAttachment(text: string): NetworkAttachment {
  if (!/[\w]+=[\w]+(,[\w]+=[\w]+)*/.test(text)) return plainAttachment(text)
  let attachment = plainAttachment('')
  for (const field of parseCsvRecord(text)) {
    const { key, value } = splitKeyValue(field.toLowerCase())
    if (value === undefined || key === '') throw new Error(`invalid field ${field}`)
    attachment = { ...attachment, ...attachmentField(key.trim(), value.trim(), attachment) }
  }
  if (attachment.target === '') throw new Error('network name/id is not specified')
  return attachment
}

function attachmentField(key: string, value: string, so: NetworkAttachment): Partial<NetworkAttachment> {
  switch (key) {
    case 'name':
      return { target: value }
    case 'alias':
      return { aliases: [...so.aliases, value] }
    case 'ip':
      return { ipv4Address: value }
    case 'ip6':
      return { ipv6Address: value }
    case 'mac-address':
      return { macAddress: value }
    case 'link-local-ip':
      return { linkLocalIps: [...so.linkLocalIps, value] }
    case 'driver-opt':
      return { driverOpts: { ...so.driverOpts, ...driverOpt(value) } }
    case 'gw-priority':
      return { gatewayPriority: gatewayPriority(value) }
    default:
      throw new Error(`invalid field key ${key}`)
  }
}

function driverOpt(text: string): Record<string, string> {
  const { key, value } = splitKeyValue(text)
  if (value === undefined || key === '') throw new Error('invalid key value pair format in driver options')
  return { [key.trim()]: value.trim() }
}

function gatewayPriority(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`invalid gw-priority (${text}): invalid syntax`)
  const priority = BigInt(text)
  if (BigInt.asIntN(64, priority) !== priority) throw new Error(`invalid gw-priority (${text}): value out of range`)
  return Number(priority)
}

/** Whether a network mode names a network of the user's own, not one of docker's modes. */
export function isUserDefinedNetwork(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !mode.startsWith('container:')
}
