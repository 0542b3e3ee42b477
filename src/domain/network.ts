import type { IpamConfig } from './ipam.ts'

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
  /** Whether it leads into a swarm. */
  readonly Ingress?: boolean
  readonly Labels?: Readonly<Record<string, string>> | null
}

type TextMap = Readonly<Record<string, string>>

/** A network to be made, as the Engine API takes it. */
export interface NewNetwork {
  readonly Name: string
  readonly Driver: string
  readonly Scope: string
  readonly EnableIPv4?: boolean
  readonly EnableIPv6?: boolean
  readonly IPAM: { readonly Driver: string; readonly Options: TextMap; readonly Config: readonly IpamConfig[] }
  readonly Internal: boolean
  readonly Attachable: boolean
  readonly Ingress: boolean
  readonly ConfigOnly: boolean
  readonly ConfigFrom: { readonly Network: string } | null
  readonly Options: TextMap
  readonly Labels: TextMap
}
