import { keyValueMap } from '../../domain/key-value.ts'
import type { NetworkCreateBody } from '../../domain/network/create.ts'
import { ipamConfigs } from '../../domain/network/ipam.ts'
import { bool, strings, text, type ValuesOf } from '../flag.ts'
import { labels, mapOf } from '../key-value.ts'

/** Every flag of `network create`. */
export const networkCreateFlags = {
  attachable: bool({ minApi: '1.25', summary: 'Let containers outside of services join it' }),
  'aux-address': mapOf({ summary: 'Address that is taken already, NAME=IP' }),
  'config-from': text({ minApi: '1.30', summary: 'Network whose configuration it takes over' }),
  'config-only': bool({ minApi: '1.30', summary: 'Keep a configuration for other networks, and make no network' }),
  driver: text({ char: 'd', default: 'bridge', summary: 'What drives the network' }),
  gateway: strings({ summary: 'Address of the way out of a subnet' }),
  ingress: bool({ minApi: '1.29', summary: "Make it the network that takes in a swarm's requests" }),
  internal: bool({ summary: 'Give it no way out' }),
  'ip-range': strings({ summary: 'Part of a subnet that containers get their addresses from' }),
  'ipam-driver': text({ default: 'default', summary: 'What manages the addresses' }),
  'ipam-opt': mapOf({ summary: 'Option for what manages the addresses' }),
  ipv4: bool({ default: true, summary: 'Give containers IPv4 addresses' }),
  ipv6: bool({ summary: 'Give containers IPv6 addresses' }),
  label: labels('network'),
  opt: mapOf({ char: 'o', summary: 'Option for the driver' }),
  scope: text({ minApi: '1.30', summary: 'How far the network reaches' }),
  subnet: strings({ summary: 'Subnet of the network, such as 10.1.0.0/16' }),
}

/**
 * Translates the flags of `network create` to the request's body.
 * @param given the names of the flags that were typed
 * @throws Error with docker's reason
 */
export function networkCreateBody(
  name: string,
  flags: ValuesOf<typeof networkCreateFlags>,
  typedFlags: ReadonlySet<string>,
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
