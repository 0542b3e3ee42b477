import { contains, ipBytes, parseCidr } from './address.ts'
import type { IpamConfig } from './network.ts'

/** The flags of `network create` that are about addresses. */
export interface TypedAddresses {
  readonly subnets: readonly string[]
  readonly ranges: readonly string[]
  readonly gateways: readonly string[]
  /** Reserved addresses by host name. */
  readonly auxiliary: Readonly<Record<string, string>>
}

/**
 * Assigns each range, gateway and reserved address to the subnet that contains it (docker/cli network.createIPAMConfig).
 * @throws Error with docker's message
 */
export function ipamConfigs({ subnets, ranges, gateways, auxiliary }: TypedAddresses): IpamConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new Error('every ip-range or gateway must have a corresponding subnet')
  }
  const configs = new Map<string, IpamConfig>()
  for (const subnet of subnets) {
    for (const other of configs.keys()) {
      if ([isInSubnet(other, subnet), isInSubnet(subnet, other)].includes(true)) {
        throw new Error('multiple overlapping subnet configuration is not supported')
      }
    }
    configs.set(subnet, { Subnet: subnet })
  }
  const assign = (address: string, kind: string, change: (config: IpamConfig) => IpamConfig) => {
    const matching = subnets.filter((subnet) => isInSubnet(address, subnet))
    if (matching.length === 0) throw new Error(`no matching subnet for ${kind} ${address}`)
    for (const subnet of matching) configs.set(subnet, change(configs.get(subnet) ?? { Subnet: subnet }))
  }
  for (const range of ranges) {
    parseCidr(range)
    assign(range, 'range', (config) => {
      if (!config.IPRange) return { ...config, IPRange: range }
      throw new Error(
        `cannot configure multiple ranges (${range}, ${config.IPRange}) on the same subnet (${config.Subnet})`,
      )
    })
  }
  for (const gateway of gateways) {
    assign(gateway, 'gateway', (config) => {
      if (!config.Gateway) return { ...config, Gateway: gateway }
      throw new Error(
        `cannot configure multiple gateways (${gateway}, ${config.Gateway}) for the same subnet (${config.Subnet})`,
      )
    })
  }
  for (const [name, address] of Object.entries(auxiliary)) {
    assign(address, 'aux-address', (config) => ({
      ...config,
      AuxiliaryAddresses: { ...config.AuxiliaryAddresses, [name]: address },
    }))
  }
  return [...configs.values()]
}

/** Whether a subnet contains an address, with or without a mask; false for an invalid address. */
function isInSubnet(address: string, subnet: string): boolean {
  const cidr = parseSubnet(subnet)
  const bytes = address.includes('/') ? parseCidr(address).address : ipBytes(address)
  return bytes !== undefined && contains(cidr, bytes)
}

function parseSubnet(subnet: string) {
  try {
    return parseCidr(subnet)
  } catch (error) {
    throw new Error(`invalid subnet: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
