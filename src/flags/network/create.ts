import { keyValueMap } from '../../domain/key-value.ts'
import { ipamConfigs } from '../../domain/network/ipam.ts'
import type { NetworkCreateBody } from '../../domain/network/network.ts'
import { bool, mapOf, strings, type TypedFlags, text, type ValuesOf } from '../flag.ts'
import { labels } from '../shared.ts'

/** The flags of `network create`. */
export const networkCreateFlags = {
  attachable: bool({ minApi: '1.25', summary: 'Let containers that belong to no service attach' }),
  'aux-address': mapOf({ summary: 'Reserve an address that the network must not assign, NAME=IP' }),
  'config-from': text({ minApi: '1.30', summary: 'Network to copy the configuration from' }),
  'config-only': bool({ minApi: '1.30', summary: 'Create only a configuration for other networks' }),
  driver: text({ char: 'd', default: 'bridge', summary: 'Network driver' }),
  gateway: strings({ summary: 'Gateway of a subnet' }),
  ingress: bool({ minApi: '1.29', summary: 'Create the routing-mesh network of a swarm' }),
  internal: bool({ summary: 'Restrict external access to the network' }),
  'ip-range': strings({ summary: 'Assign addresses from this part of a subnet, in CIDR format' }),
  'ipam-driver': text({ default: 'default', summary: 'IP address management driver' }),
  'ipam-opt': mapOf({ summary: 'Set an option of the IPAM driver, KEY=VALUE' }),
  ipv4: bool({ default: true, summary: 'Enable IPv4' }),
  ipv6: bool({ summary: 'Enable IPv6' }),
  label: labels('network'),
  opt: mapOf({ char: 'o', summary: 'Set an option of the driver, KEY=VALUE' }),
  scope: text({ minApi: '1.30', summary: 'Scope of the network' }),
  subnet: strings({ summary: 'Subnet in CIDR format, such as 10.1.0.0/16' }),
}

/**
 * Translates the flags of `network create` to the request's body.
 * @throws Error with docker's reason
 */
export function networkCreateBody(
  name: string,
  flags: ValuesOf<typeof networkCreateFlags>,
  typedFlags: TypedFlags,
): NetworkCreateBody {
  const addresses = {
    subnets: flags.subnet,
    ranges: flags['ip-range'],
    gateways: flags.gateway,
    auxiliary: keyValueMap(flags['aux-address']),
  }
  return {
    Driver: flags.driver,
    Scope: flags.scope,
    ...(typedFlags.has('ipv4') ? { EnableIPv4: flags.ipv4 } : {}),
    ...(typedFlags.has('ipv6') ? { EnableIPv6: flags.ipv6 } : {}),
    IPAM: {
      Driver: flags['ipam-driver'],
      Options: keyValueMap(flags['ipam-opt']),
      Config: ipamConfigs(addresses),
    },
    Internal: flags.internal,
    Attachable: flags.attachable,
    Ingress: flags.ingress,
    ConfigOnly: flags['config-only'],
    ConfigFrom: flags['config-from'] === '' ? null : { Network: flags['config-from'] },
    Options: keyValueMap(flags.opt),
    Labels: keyValueMap(flags.label),
    Name: name,
  }
}
