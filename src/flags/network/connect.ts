import { EMPTY_ENDPOINT_STATE, type NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import { splitKeyValue } from '../../domain/key-value.ts'
import { checkLink } from '../../domain/network/name-service.ts'
import { each, int, strings, text, type ValuesOf } from '../flag.ts'

/** The flags of `network connect`. */
export const networkConnectFlags = {
  alias: strings({ summary: 'Add an alias of the container on the network' }),
  'driver-opt': strings({ summary: 'Set an option of the network driver' }),
  'gw-priority': int({ summary: 'Gateway priority; the network with the highest is the default gateway' }),
  ip: text({ summary: 'IPv4 address on the network' }),
  ip6: text({ summary: 'IPv6 address on the network' }),
  link: each({ summary: 'Link to another container, NAME[:ALIAS]', read: checkLink }),
  'link-local-ip': strings({ summary: 'Link-local address on the network' }),
}

/**
 * Translates the flags of `network connect` to the container's endpoint on the network.
 * @throws Error with docker's reason
 */
export function translateEndpoint(flags: ValuesOf<typeof networkConnectFlags>): NetworkEndpointConfig {
  return {
    IPAMConfig: {
      ...(flags.ip === '' ? {} : { IPv4Address: flags.ip }),
      ...(flags.ip6 === '' ? {} : { IPv6Address: flags.ip6 }),
      ...(flags['link-local-ip'].length === 0 ? {} : { LinkLocalIPs: flags['link-local-ip'] }),
    },
    Links: flags.link.length === 0 ? null : flags.link,
    Aliases: flags.alias,
    MacAddress: '',
    DriverOpts: Object.fromEntries(flags['driver-opt'].map(parseDriverOption)),
    GwPriority: flags['gw-priority'],
    ...EMPTY_ENDPOINT_STATE,
  }
}

function parseDriverOption(typed: string): [string, string] {
  const { key, value } = splitKeyValue(typed)
  if (value === undefined || key.trim() === '') throw new Error('invalid key/value pair format in driver options')
  return [key.trim(), value.trim()]
}
