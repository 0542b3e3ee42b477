// The networks of a container, as its create request and later requests had them.
import { isUserDefinedNetwork } from '../../network/attachment.ts'
import { compareVersions } from '../../system/api-version.ts'
import { EMPTY_ENDPOINT_STATE, type NetworkEndpointConfig } from '../create-request.ts'
import { withoutSlash } from '../name.ts'
import { type ContainerInspection, type DaemonDefaults, type Origin, shortId } from './inspection.ts'

/** A network that a container joins after it has been created. */
export interface NetworkConnection {
  readonly network: string
  readonly endpoint: NetworkEndpointConfig
}

export interface NetworkFields {
  readonly mode: string
  /** The `--link`s; those of a user-defined network are in its endpoint as well. */
  readonly links: readonly string[] | null
  /** The endpoints that the create request contains. */
  readonly endpoints: Readonly<Record<string, NetworkEndpointConfig>>
  /** The networks that the create request cannot contain. */
  readonly connections: readonly NetworkConnection[]
  /** The MAC address in the form for daemons before API version 1.44; empty for none and for later daemons. */
  readonly macAddress: string
}

/** Returns the networks and addresses without what the daemon chose. */
export function networkFields({ container, daemon }: Origin): NetworkFields {
  const mode = networkMode(container, daemon)
  const isOld = compareVersions(daemon.apiVersion, '1.44') < 0
  const macAddress = container.Config?.MacAddress ?? ''
  const all = Object.entries(container.NetworkSettings?.Networks ?? {}).map(([network, endpoint]) => {
    const isFirst = isModeOf(mode, network, endpoint)
    const mac = isFirst ? macAddress : ownMacAddress(endpoint, daemon)
    return { network, isFirst, endpoint: ownEndpoint(endpoint, isOld ? '' : mac, container) }
  })
  const hasEndpoints = !['host', 'none'].includes(mode) && !mode.startsWith('container:')
  const first = hasEndpoints ? all.find(({ isFirst }) => isFirst) : undefined
  const others = hasEndpoints ? all.filter((entry) => entry !== first) : []
  // Old daemons take one network, and docker refuses to mix the default network with others.
  const areConnected = isOld || !isUserDefinedNetwork(mode)
  const created = [
    ...(first === undefined ? [] : [{ ...first, network: isUserDefinedNetwork(mode) ? first.network : mode }]),
    ...(areConnected ? [] : others),
  ]
  return {
    mode: first !== undefined && isUserDefinedNetwork(mode) ? first.network : mode,
    links: isUserDefinedNetwork(mode) ? (first?.endpoint.Links ?? null) : legacyLinks(container),
    endpoints: Object.fromEntries(created.map(({ network, endpoint }) => [network, endpoint])),
    connections: areConnected ? others.map(({ network, endpoint }) => ({ network, endpoint })) : [],
    macAddress: isOld ? macAddress : '',
  }
}

/** Since API version 1.45 daemons show `bridge` for the default. Before, only a typed `bridge` is shown so. */
function networkMode({ HostConfig }: ContainerInspection, { apiVersion }: DaemonDefaults): string {
  const mode = HostConfig?.NetworkMode ?? ''
  const isDefault = mode === '' || (mode === 'bridge' && compareVersions(apiVersion, '1.45') >= 0)
  return isDefault ? 'default' : mode
}

/** Whether the network is the one that the mode names, by its name or its id. */
function isModeOf(mode: string, network: string, { NetworkID = '' }: Partial<NetworkEndpointConfig>): boolean {
  if (!isUserDefinedNetwork(mode)) return network === (mode === 'default' ? 'bridge' : mode)
  return network === mode || (/^[\da-f]{12,}$/.test(mode) && NetworkID.startsWith(mode))
}

/** Returns the settings of an endpoint, without its state and the alias that the daemon adds. */
function ownEndpoint(
  endpoint: Partial<NetworkEndpointConfig>,
  macAddress: string,
  { Id = '' }: ContainerInspection,
): NetworkEndpointConfig {
  const aliases = (endpoint.Aliases ?? []).filter((alias) => alias !== shortId(Id))
  const ipam = endpoint.IPAMConfig ?? {}
  return {
    IPAMConfig: Object.keys(ipam).length > 0 ? ipam : null,
    Links: endpoint.Links ?? null,
    Aliases: aliases.length > 0 ? aliases : null,
    MacAddress: macAddress,
    DriverOpts: endpoint.DriverOpts ?? null,
    GwPriority: endpoint.GwPriority ?? 0,
    ...EMPTY_ENDPOINT_STATE,
  }
}

/**
 * Returns the MAC address of a further network if it was set. The daemon shows the one in use: until 28.0 it derives one
 * that nobody set from the IPv4 address, and since then it is random.
 */
function ownMacAddress(
  { MacAddress = '', IPAddress = '' }: Partial<NetworkEndpointConfig>,
  { apiVersion }: DaemonDefaults,
): string {
  const hex = IPAddress.split('.').map((byte) => Number(byte).toString(16).padStart(2, '0'))
  const isDerived = MacAddress === ['02', '42', ...hex].join(':')
  const isRandom = IPAddress !== '' && compareVersions(apiVersion, '1.48') >= 0 && looksRandom(MacAddress)
  return isDerived || isRandom ? '' : MacAddress
}

/**
 * Whether the daemon may have chosen the address. Its random addresses are locally administered, which is a bit of the first
 * byte, and one in 16384 of them begins with `02:42` like those that people write.
 */
function looksRandom(macAddress: string): boolean {
  return (Number.parseInt(macAddress.slice(0, 2), 16) & 2) !== 0 && !macAddress.startsWith('02:42:')
}

/**
 * Returns the links of the default network as typed: the daemon shows `/db:/web/alias` for `db:alias`. They are sorted,
 * because the daemon shows them in no particular order.
 */
function legacyLinks({ HostConfig }: ContainerInspection): readonly string[] | null {
  const links = HostConfig?.Links ?? []
  return links.length === 0 ? null : links.map(typedLink).sort()
}

function typedLink(link: string): string {
  const [target = '', path = ''] = link.split(':')
  const [name, alias] = [withoutSlash(target), path.slice(path.lastIndexOf('/') + 1)]
  return alias === '' || alias === name ? name : `${name}:${alias}`
}
