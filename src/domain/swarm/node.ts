/** One node of `GET /nodes`, named as the Engine API names it. An absent field means its zero value. */
export interface SwarmNode {
  readonly ID?: string
  readonly Version?: ObjectVersion
  /** RFC 3339. */
  readonly CreatedAt?: string
  readonly Spec?: NodeSpec
  readonly Description?: NodeDescription
  readonly Status?: { readonly State?: string; readonly Message?: string; readonly Addr?: string }
  /** Only there for managers. */
  readonly ManagerStatus?: {
    readonly Leader?: boolean
    readonly Reachability?: string
    readonly Addr?: string
  } | null
}

/** Which of an object's states was looked at: an update of another one is refused. */
export interface ObjectVersion {
  readonly Index?: number
}

/** What is asked of a node; what there is beside these is sent back as it came. */
export interface NodeSpec {
  readonly Name?: string
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly Role?: string
  readonly Availability?: string
}

export interface NodeDescription {
  readonly Hostname?: string
  readonly Platform?: { readonly Architecture?: string; readonly OS?: string }
  readonly Resources?: { readonly NanoCPUs?: number; readonly MemoryBytes?: number }
  readonly Engine?: {
    readonly EngineVersion?: string
    readonly Labels?: Readonly<Record<string, string>> | null
    readonly Plugins?: readonly { readonly Type?: string; readonly Name?: string }[] | null
  }
  readonly TLSInfo?: TlsInfo
}

/** Whom a swarm's nodes trust; the last two are bytes in base64. */
export interface TlsInfo {
  readonly TrustRoot?: string
  readonly CertIssuerSubject?: string
  readonly CertIssuerPublicKey?: string
}
