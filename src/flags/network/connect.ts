import { LEFT_TO_DAEMON, type NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import { checkLink } from '../../domain/network/name-service.ts'
import { int, strings, text, type ValuesOf } from '../flag.ts'
import { each } from '../values.ts'

/** Every flag of `network connect`. */
export const networkConnectFlags = {
  alias: strings({ summary: 'One more name of the container on this network' }),
  'driver-opt': strings({ summary: "Option for the network's driver" }),
  'gw-priority': int({ summary: 'The network with the highest gives the container its way out; may be negative' }),
  ip: text({ summary: 'IPv4 address on the network' }),
  ip6: text({ summary: 'IPv6 address on the network' }),
  link: each({ summary: 'Make another container known to it, NAME[:ALIAS]', read: checkLink }),
  'link-local-ip': strings({ summary: 'Link-local address on the network' }),
}

/**
 * Translates the flags of `network connect`: how the container is to appear on the network.
 * @throws Error with docker's reason
 */
export function endpointConfig(flags: ValuesOf<typeof networkConnectFlags>): NetworkEndpointConfig {
  return {
    IPAMConfig: {
      ...(flags.ip === '' ? {} : { IPv4Address: flags.ip }),
      ...(flags.ip6 === '' ? {} : { IPv6Address: flags.ip6 }),
      ...(flags['link-local-ip'].length === 0 ? {} : { LinkLocalIPs: flags['link-local-ip'] }),
    },
    Links: flags.link.length === 0 ? null : flags.link,
    Aliases: flags.alias,
    MacAddress: '',
    DriverOpts: Object.fromEntries(flags['driver-opt'].map(driverOption)),
    GwPriority: flags['gw-priority'],
    ...LEFT_TO_DAEMON,
  }
}

function driverOption(typed: string): [string, string] {
  const { key, value } = splitKeyValue(typed)
  if (value === undefined || key.trim() === '') throw new Error('invalid key/value pair format in driver options')
  return [key.trim(), value.trim()]
}
