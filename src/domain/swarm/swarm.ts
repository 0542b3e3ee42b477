import type { Int64 } from '../go/int.ts'
import type { ObjectVersion, TlsInfo } from './node.ts'

/** The response to `GET /swarm`. An absent field means its zero value. */
export interface Swarm {
  readonly ID?: string
  readonly Version?: ObjectVersion
  readonly Spec?: SwarmSpec
  readonly TLSInfo?: TlsInfo
  readonly RootRotationInProgress?: boolean
  readonly JoinTokens?: { readonly Worker?: string; readonly Manager?: string }
}

/** The spec of a swarm. Other fields are sent back unchanged. Durations are in nanoseconds. */
export interface SwarmSpec {
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: Int64 }
  readonly Raft?: RaftConfig
  readonly Dispatcher?: { readonly HeartbeatPeriod?: Int64 | undefined }
  readonly CAConfig?: CaConfig
  readonly TaskDefaults?: object
  readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean }
}

interface RaftConfig {
  readonly SnapshotInterval?: Int64 | undefined
  readonly KeepOldSnapshots?: Int64
  readonly ElectionTick?: Int64
  readonly HeartbeatTick?: Int64
}

interface CaConfig {
  readonly NodeCertExpiry?: Int64 | undefined
  readonly ExternalCAs?: readonly ExternalCa[] | undefined
  /** PEM. */
  readonly SigningCACert?: string | undefined
  /** PEM; daemons accept it and never return it. */
  readonly SigningCAKey?: string | undefined
  /** Counts the forced rotations. */
  readonly ForceRotate?: Int64
}

/** An external CA, which signs the certificates of nodes. */
export interface ExternalCa {
  readonly Protocol: string
  readonly URL: string
  readonly Options?: Readonly<Record<string, string>>
  /** PEM. */
  readonly CACert: string
}

export interface SwarmInitBody {
  readonly ListenAddr: string
  readonly AdvertiseAddr: string
  readonly DataPathAddr: string
  readonly DataPathPort: Int64
  readonly ForceNewCluster: boolean
  readonly Spec: SwarmSpec
  readonly AutoLockManagers: boolean
  readonly Availability: string
  readonly DefaultAddrPool: readonly string[]
  readonly SubnetSize: Int64
}

export interface SwarmJoinBody {
  readonly ListenAddr: string
  readonly AdvertiseAddr: string
  readonly DataPathAddr: string
  readonly RemoteAddrs: readonly string[]
  readonly JoinToken: string
  readonly Availability: string
}

/** The tokens and keys that an update can rotate. */
export type Rotation = 'rotateWorkerToken' | 'rotateManagerToken' | 'rotateManagerUnlockKey'
