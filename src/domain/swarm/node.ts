import type { Int64 } from '../go/int.ts'

/** One node of `GET /nodes`, named as the Engine API names it. An absent field means its zero value. */
export interface SwarmNode {
  readonly ID?: string
  readonly Version?: ObjectVersion
  /** RFC 3339. */
  readonly CreatedAt?: string
  readonly Spec?: NodeSpec
  readonly Description?: NodeDescription
  readonly Status?: { readonly State?: string; readonly Message?: string; readonly Addr?: string }
  /** Present for managers only. */
  readonly ManagerStatus?: {
    readonly Leader?: boolean
    readonly Reachability?: string
    readonly Addr?: string
  } | null
}

/** The version of an object that was read. The daemon refuses an update of any other version. */
export interface ObjectVersion {
  readonly Index?: Int64
}

/** The spec of a node. Other fields are sent back unchanged. */
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

/** The root certificate of a swarm, in PEM, with its issuer's subject and public key in base64. */
export interface TlsInfo {
  readonly TrustRoot?: string
  readonly CertIssuerSubject?: string
  readonly CertIssuerPublicKey?: string
}
