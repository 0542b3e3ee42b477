import { canonicalIp } from './ip.ts'

/** The addresses of one subnet, as the Engine API takes them. */
export interface IpamConfig {
  readonly Subnet: string
  readonly IPRange?: string
  readonly Gateway?: string
  readonly AuxiliaryAddresses?: Readonly<Record<string, string>>
}

/** What is typed of a network's addresses. */
export interface Addresses {
  readonly subnets: readonly string[]
  readonly ranges: readonly string[]
  readonly gateways: readonly string[]
  /** By what uses them. */
  readonly aux: Readonly<Record<string, string>>
}

/**
 * Finds the subnet of each range and address (docker/cli network.createIPAMConfig).
 * @throws Error with docker's reason for what has no subnet, or shares one
 */
export function ipamConfigs({ subnets, ranges, gateways, aux }: Addresses): IpamConfig[] {
  if (subnets.length < ranges.length || subnets.length < gateways.length) {
    throw new Error('every ip-range or gateway must have a corresponding subnet')
  }
  const configs: IpamConfig[] = []
  for (const subnet of subnets) {
    if (configs.some(({ Subnet }) => holds(subnet, Subnet) || holds(Subnet, subnet))) {
      throw new Error('multiple overlapping subnet configuration is not supported')
    }
    configs.push({ Subnet: subnet })
  }
  const change = (what: string, address: string, changed: (config: IpamConfig) => IpamConfig) => {
    const matching = configs.filter(({ Subnet }) => holds(Subnet, address))
    if (matching.length === 0) throw new Error(`no matching subnet for ${what} ${address}`)
    for (const config of matching) configs[configs.indexOf(config)] = changed(config)
  }
  for (const range of ranges) {
    change('range', range, (config) => {
      refuseSecond(`ranges (${range}, ${config.IPRange}) on`, config.IPRange, config)
      return { ...config, IPRange: range }
    })
  }
  for (const gateway of gateways) {
    change('gateway', gateway, (config) => {
      refuseSecond(`gateways (${gateway}, ${config.Gateway}) for`, config.Gateway, config)
      return { ...config, Gateway: gateway }
    })
  }
  for (const [name, address] of Object.entries(aux)) {
    change('aux-address', address, (config) => ({
      ...config,
      AuxiliaryAddresses: { ...config.AuxiliaryAddresses, [name]: address },
    }))
  }
  return configs
}

function refuseSecond(what: string, known: string | undefined, { Subnet }: IpamConfig): void {
  if (known !== undefined) throw new Error(`cannot configure multiple ${what} the same subnet (${Subnet})`)
}

/** Whether an address, or the first of a range, is in a subnet; what is no address is in none. @throws Error */
function holds(subnet: string, address: string): boolean {
  const network = cidr(subnet)
  if (network === undefined) throw new Error(`invalid subnet: invalid CIDR address: ${subnet}`)
  const one = address.includes('/') ? cidr(address) : { bits: bitsOf(address) }
  if (one === undefined) throw new Error(`invalid CIDR address: ${address}`)
  return (
    one.bits?.length === network.bits.length &&
    one.bits.slice(0, network.length) === network.bits.slice(0, network.length)
  )
}

function cidr(text: string): { readonly bits: string; readonly length: number } | undefined {
  const [, address = '', digits = ''] = /^(.*)\/(\d{1,3})$/.exec(text) ?? []
  const bits = bitsOf(address)
  return bits === undefined || Number(digits) > bits.length ? undefined : { bits, length: Number(digits) }
}

/** An address as its 32 or 128 binary digits. */
function bitsOf(address: string): string | undefined {
  const ip = canonicalIp(address)
  if (ip === undefined) return
  if (!ip.includes(':'))
    return ip
      .split('.')
      .map((byte) => Number(byte).toString(2).padStart(8, '0'))
      .join('')
  const [head = '', tail] = ip.split('::')
  const groups = (text: string) => text.split(':').filter((group) => group !== '')
  const before = groups(head)
  const after = groups(tail ?? '')
  const all = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  return all.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
