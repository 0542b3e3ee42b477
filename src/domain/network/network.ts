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
