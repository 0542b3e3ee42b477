// The networking of a container: networks, addresses, name resolution and ports.
import { EMPTY_ENDPOINT_STATE, type NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import { nullIfEmpty } from '../../domain/go/omit-empty.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { isMacAddress } from '../../domain/network/address.ts'
import {
  isUserDefinedNetwork,
  type NetworkAttachment,
  parseNetworkAttachment,
  plainAttachment,
} from '../../domain/network/attachment.ts'
import { checkLink, parseDnsSearch, parseDnsServer, parseExtraHost } from '../../domain/network/name-service.ts'
import { bool, each, text, texts, type ValuesOf } from '../flag.ts'

/** Published and exposed ports are parsed later, together, as docker does. */
export const networkFlags = {
  'add-host': each({ summary: 'Add an entry to /etc/hosts, NAME:IP', read: parseExtraHost }),
  dns: each({ summary: 'DNS server to use', read: parseDnsServer }),
  'dns-option': texts({ summary: 'DNS resolver option', aliases: ['dns-opt'] }),
  'dns-search': each({ summary: 'DNS search domain', read: parseDnsSearch }),
  expose: texts({ summary: 'Expose a port or a range of ports' }),
  ip: text({ summary: 'IPv4 address on the network' }),
  ip6: text({ summary: 'IPv6 address on the network' }),
  link: each({ completes: 'containers to link', summary: 'Link to another container, NAME[:ALIAS]', read: checkLink }),
  'link-local-ip': texts({ summary: 'Link-local address on the network' }),
  'mac-address': text({ summary: 'MAC address on the network' }),
  network: each({
    completes: 'networks',
    summary: 'Network to join, or a mode: bridge, host, none, container:NAME',
    valueType: 'network',
    aliases: ['net'],
    read: parseNetworkAttachment,
  }),
  'network-alias': texts({ summary: 'Add an alias on the network', aliases: ['net-alias'] }),
  publish: texts({ char: 'p', summary: 'Publish a port, [[IP:]HOSTPORT:]PORT[/PROTOCOL]' }),
  'publish-all': bool({ char: 'P', summary: 'Publish every exposed port on a random port of the host' }),
}

type NetworkFlags = ValuesOf<typeof networkFlags>

/** Returns the network mode: the first `--network`, or the daemon's default. */
export function networkModeOf(flags: NetworkFlags): string {
  return flags.network[0]?.target ?? 'default'
}

/**
 * Returns the endpoints of the networks that the container joins. `--ip`, `--network-alias` and the like apply to the first
 * one. As in docker, a single network without further settings has no entry: its mode is enough for the daemon.
 * @throws Error with docker's reason
 */
export function translateEndpoints(flags: NetworkFlags): Record<string, NetworkEndpointConfig> {
  const typed = flags.network.length > 0 ? flags.network : [plainAttachment('default')]
  const endpoints = new Map<string, NetworkEndpointConfig>()
  for (const [index, attachment] of typed.entries()) {
    const complete = index === 0 ? withAddressFlags(attachment, flags) : attachment
    const endpoint = endpointConfig(complete)
    if (endpoints.has(attachment.target)) {
      throw new Error(`network ${goQuote(attachment.target)} is specified multiple times`)
    }
    if (flags.network.length !== 1 || !isPlain(complete)) endpoints.set(attachment.target, endpoint)
  }
  const kinds = new Set(flags.network.map(({ target }) => isUserDefinedNetwork(target)))
  if (kinds.size > 1) {
    throw new Error('conflicting options: cannot attach both user-defined and non-user-defined network-modes')
  }
  return Object.fromEntries(endpoints)
}

function withAddressFlags(attachment: NetworkAttachment, flags: NetworkFlags): NetworkAttachment {
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
    Links: nullIfEmpty(attachment.links),
    Aliases: nullIfEmpty(attachment.aliases),
    MacAddress: attachment.macAddress,
    DriverOpts: Object.keys(attachment.driverOpts).length > 0 ? attachment.driverOpts : null,
    GwPriority: attachment.gatewayPriority,
    ...EMPTY_ENDPOINT_STATE,
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

function isPlain(attachment: NetworkAttachment): boolean {
  return comparableText(attachment) === comparableText(plainAttachment(attachment.target))
}

function comparableText(attachment: NetworkAttachment): string {
  return JSON.stringify({ ...attachment, gatewayPriority: String(attachment.gatewayPriority) })
}
