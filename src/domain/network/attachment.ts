import { parseCsvRecord } from '../go/csv.ts'
import { type Int64, toInt64 } from '../go/int.ts'
import { splitKeyValue } from '../key-value.ts'

/** A parsed `--network`: the network, and the settings of the container's endpoint. */
export interface NetworkAttachment {
  readonly target: string
  readonly aliases: readonly string[]
  readonly driverOpts: Readonly<Record<string, string>>
  readonly links: readonly string[]
  readonly ipv4Address: string
  readonly ipv6Address: string
  readonly linkLocalIps: readonly string[]
  readonly macAddress: string
  readonly gatewayPriority: Int64
}

/** Returns an attachment to `target` without further settings. */
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
 * Parses the value of `--network`: a name, a mode (`host`, `container:x`) or `name=…,alias=…,ip=…`. docker converts the long
 * form to lower case, including the values.
 * @throws Error with docker's reason
 */
export function parseNetworkAttachment(text: string): NetworkAttachment {
  if (!/[\w]+=[\w]+(,[\w]+=[\w]+)*/.test(text)) return plainAttachment(text)
  let attachment = plainAttachment('')
  for (const field of parseCsvRecord(text)) {
    const { key, value } = splitKeyValue(field.toLowerCase())
    if (value === undefined || key === '') throw new Error(`invalid field ${field}`)
    attachment = { ...attachment, ...parseField(key.trim(), value.trim(), attachment) }
  }
  if (attachment.target === '') throw new Error('network name/id is not specified')
  return attachment
}

function parseField(key: string, value: string, current: NetworkAttachment): Partial<NetworkAttachment> {
  switch (key) {
    case 'name':
      return { target: value }
    case 'alias':
      return { aliases: [...current.aliases, value] }
    case 'ip':
      return { ipv4Address: value }
    case 'ip6':
      return { ipv6Address: value }
    case 'mac-address':
      return { macAddress: value }
    case 'link-local-ip':
      return { linkLocalIps: [...current.linkLocalIps, value] }
    case 'driver-opt':
      return { driverOpts: { ...current.driverOpts, ...parseDriverOption(value) } }
    case 'gw-priority':
      return { gatewayPriority: parseGatewayPriority(value) }
    default:
      throw new Error(`invalid field key ${key}`)
  }
}

function parseDriverOption(text: string): Record<string, string> {
  const { key, value } = splitKeyValue(text)
  if (value === undefined || key === '') throw new Error('invalid key value pair format in driver options')
  return { [key.trim()]: value.trim() }
}

function parseGatewayPriority(text: string): Int64 {
  if (!/^[+-]?\d+$/.test(text)) throw new Error(`invalid gw-priority (${text}): invalid syntax`)
  const priority = BigInt(text)
  if (BigInt.asIntN(64, priority) !== priority) throw new Error(`invalid gw-priority (${text}): value out of range`)
  return toInt64(priority)
}

/** Whether a network mode is the name of a user-defined network. */
export function isUserDefinedNetwork(mode: string): boolean {
  return !['default', 'bridge', 'host', 'none'].includes(mode) && !mode.startsWith('container:')
}
