type TextMap = Readonly<Record<string, string>>

/** One subnet of a new network, and what is set aside in it. */
export interface IpamConfig {
  readonly Subnet: string
  readonly IPRange?: string
  readonly Gateway?: string
  readonly AuxiliaryAddresses?: TextMap
}

/** Where a new network takes its addresses from. */
interface Ipam {
  readonly Driver: string
  readonly Options: TextMap
  readonly Config: readonly IpamConfig[]
}

/** The body of `POST /networks/create`, named as the Engine API names it. */
export interface NetworkCreateBody {
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  /** Left to the daemon where absent. */
  readonly EnableIPv4?: boolean
  readonly EnableIPv6?: boolean
  readonly IPAM: Ipam
  readonly Internal: boolean
  readonly Attachable: boolean
  readonly Ingress: boolean
  readonly ConfigOnly: boolean
  readonly ConfigFrom: { readonly Network: string } | null
  readonly Options: TextMap
  readonly Labels: TextMap
}
