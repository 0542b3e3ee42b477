import type { IpamConfig } from './create.ts'
import { ipBytes } from './ip.ts'
import { contains, parseCidr } from './subnet.ts'

/** What is typed about a network's addresses. */
export interface TypedAddresses {
  readonly subnets: readonly string[]
  readonly ranges: readonly string[]
  readonly gateways: readonly string[]
  /** Addresses that are taken, by the names of who has them. */
  readonly auxiliary: Readonly<Record<string, string>>
}

/**
 * Puts each range, gateway and taken address to the subnet that it lies in.
 * @throws Error in docker's words (docker/cli network.createIPAMConfig)
 */
export function ipamConfigs({ subnets, ranges, gateways, auxiliary }: TypedAddresses): IpamConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new Error('every ip-range or gateway must have a corresponding subnet')
  }
  const configs = new Map<string, IpamConfig>()
  for (const subnet of subnets) {
    for (const other of configs.keys()) {
      if ([lies(other, subnet), lies(subnet, other)].includes(true)) {
        throw new Error('multiple overlapping subnet configuration is not supported')
      }
    }
    configs.set(subnet, { Subnet: subnet })
  }
  const put = (address: string, what: string, change: (config: IpamConfig) => IpamConfig) => {
    const fitting = subnets.filter((subnet) => lies(address, subnet))
    if (fitting.length === 0) throw new Error(`no matching subnet for ${what} ${address}`)
    for (const subnet of fitting) configs.set(subnet, change(configs.get(subnet) ?? { Subnet: subnet }))
  }
  for (const range of ranges) {
    parseCidr(range)
    put(range, 'range', (config) => {
      if (!config.IPRange) return { ...config, IPRange: range }
      throw new Error(
        `cannot configure multiple ranges (${range}, ${config.IPRange}) on the same subnet (${config.Subnet})`,
      )
    })
  }
  for (const gateway of gateways) {
    put(gateway, 'gateway', (config) => {
      if (!config.Gateway) return { ...config, Gateway: gateway }
      throw new Error(
        `cannot configure multiple gateways (${gateway}, ${config.Gateway}) for the same subnet (${config.Subnet})`,
      )
    })
  }
  for (const [name, address] of Object.entries(auxiliary)) {
    put(address, 'aux-address', (config) => ({
      ...config,
      AuxiliaryAddresses: { ...config.AuxiliaryAddresses, [name]: address },
    }))
  }
  return [...configs.values()]
}

/** Whether an address, alone or with a mask, lies in a subnet; what is no address lies in none. */
function lies(address: string, subnet: string): boolean {
  const cidr = parsedSubnet(subnet)
  const bytes = address.includes('/') ? parseCidr(address).address : ipBytes(address)
  return bytes !== undefined && contains(cidr, bytes)
}

function parsedSubnet(subnet: string) {
  try {
    return parseCidr(subnet)
  } catch (error) {
    throw new Error(`invalid subnet: ${error instanceof Error ? error.message : error}`, { cause: error })
  }
}
