type TextMap = Readonly<Record<string, string>>

/** One row of `GET /networks`, named as the Engine API names it. An absent field means its zero value. */
export interface NetworkSummary {
  readonly Id?: string
  readonly Name?: string
  /** RFC 3339. */
  readonly Created?: string
  readonly Driver?: string
  readonly Scope?: string
  readonly EnableIPv4?: boolean
  readonly EnableIPv6?: boolean
  readonly Internal?: boolean
  readonly Labels?: Readonly<Record<string, string>> | null
}

/** One subnet of a new network, with its reserved addresses. */
export interface IpamConfig {
  readonly Subnet?: string
  readonly IPRange?: string
  readonly Gateway?: string
  readonly AuxiliaryAddresses?: TextMap
}

/** The IP address management of a new network. */
interface Ipam {
  readonly Driver: string
  readonly Options: TextMap | null
  readonly Config: readonly IpamConfig[] | null
}

/** The body of `POST /networks/create`, named as the Engine API names it. */
export interface NetworkCreateBody {
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  /** If absent, the daemon decides. */
  readonly EnableIPv4?: boolean
  readonly EnableIPv6?: boolean
  readonly IPAM: Ipam | null
  readonly Internal: boolean
  readonly Attachable: boolean
  readonly Ingress: boolean
  readonly ConfigOnly: boolean
  readonly ConfigFrom: { readonly Network: string } | null
  readonly Options: TextMap | null
  readonly Labels: TextMap
}
