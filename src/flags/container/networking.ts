import { LEFT_TO_DAEMON, type NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { isUserDefinedNetwork, type NetworkAttachment, plainAttachment } from '../../domain/network/attachment.ts'
import { isMacAddress } from '../../domain/network/mac.ts'
import type { ContainerFlags } from './create.ts'

/** The network mode: the first `--network`, or the daemon's default. */
export function networkMode(flags: ContainerFlags): string {
  return flags.network[0]?.target ?? 'default'
}

/**
 * The networks that the container joins. `--ip`, `--network-alias` and the like speak of the first one. A single
 * network that asks for nothing special is left to the daemon, as docker does.
 * @throws Error with docker's reason
 */
export function endpointConfigs(flags: ContainerFlags): Record<string, NetworkEndpointConfig> {
  const typed = flags.network.length > 0 ? flags.network : [plainAttachment('default')]
  const endpoints = new Map<string, NetworkEndpointConfig>()
  for (const [index, attachment] of typed.entries()) {
    const complete = index === 0 ? withPlainFlags(attachment, flags) : attachment
    const endpoint = endpointConfig(complete)
    if (endpoints.has(attachment.target)) {
      throw new Error(`network ${goQuote(attachment.target)} is specified multiple times`)
    }
    if (flags.network.length !== 1 || !asksForNothing(complete)) endpoints.set(attachment.target, endpoint)
  }
  const kinds = new Set(flags.network.map(({ target }) => isUserDefinedNetwork(target)))
  if (kinds.size > 1) {
    throw new Error('conflicting options: cannot attach both user-defined and non-user-defined network-modes')
  }
  return Object.fromEntries(endpoints)
}

function withPlainFlags(attachment: NetworkAttachment, flags: ContainerFlags): NetworkAttachment {
  const refuse = (both: boolean, what: string) => {
    if (both) throw new Error(`conflicting options: cannot specify both ${what}`)
  }
  const { aliases, links, ipv4Address, ipv6Address, macAddress, linkLocalIps } = attachment
  refuse(aliases.length > 0 && flags['network-alias'].length > 0, '--network-alias and per-network alias')
  refuse(links.length > 0 && flags.link.length > 0, '--link and per-network links')
  refuse(ipv4Address !== '' && flags.ip !== '', '--ip and per-network IPv4 address')
  refuse(ipv6Address !== '' && flags.ip6 !== '', '--ip6 and per-network IPv6 address')
  refuse(macAddress !== '' && flags['mac-address'] !== '', '--mac-address and per-network MAC address')
  refuse(
    linkLocalIps.length > 0 && flags['link-local-ip'].length > 0,
    '--link-local-ip and per-network link-local IP addresses',
  )
  return {
    ...attachment,
    aliases: [...aliases, ...flags['network-alias']],
    links: isUserDefinedNetwork(attachment.target) ? [...links, ...flags.link] : links,
    ipv4Address: flags.ip || ipv4Address,
    ipv6Address: flags.ip6 || ipv6Address,
    macAddress: flags['mac-address'] || macAddress,
    linkLocalIps: [...linkLocalIps, ...flags['link-local-ip']],
  }
}

function endpointConfig(attachment: NetworkAttachment): NetworkEndpointConfig {
  if (attachment.target.trim() === '') throw new Error('no name set for network')
  if (!isUserDefinedNetwork(attachment.target) && attachment.aliases.length > 0) {
    throw new Error('network-scoped aliases are only supported for user-defined networks')
  }
  if (attachment.macAddress !== '' && !isMacAddress(attachment.macAddress.trim())) {
    throw new Error(`${attachment.macAddress} is not a valid mac address`)
  }
  return {
    IPAMConfig: ipamConfig(attachment),
    Links: orNull(attachment.links),
    Aliases: orNull(attachment.aliases),
    MacAddress: attachment.macAddress,
    DriverOpts: Object.keys(attachment.driverOpts).length > 0 ? attachment.driverOpts : null,
    GwPriority: attachment.gatewayPriority,
    ...LEFT_TO_DAEMON,
  }
}

function ipamConfig({
  ipv4Address,
  ipv6Address,
  linkLocalIps,
}: NetworkAttachment): NetworkEndpointConfig['IPAMConfig'] {
  if (ipv4Address === '' && ipv6Address === '' && linkLocalIps.length === 0) return null
  return {
    ...(ipv4Address === '' ? {} : { IPv4Address: ipv4Address }),
    ...(ipv6Address === '' ? {} : { IPv6Address: ipv6Address }),
    ...(linkLocalIps.length === 0 ? {} : { LinkLocalIPs: linkLocalIps }),
  }
}

function asksForNothing(attachment: NetworkAttachment): boolean {
  return JSON.stringify(attachment) === JSON.stringify(plainAttachment(attachment.target))
}

/** Go sends an empty list that was never filled as null. */
export function orNull<T>(values: readonly T[]): readonly T[] | null {
  return values.length > 0 ? values : null
}
