import type { ObjectVersion } from './node.ts'

type Labels = Readonly<Record<string, string>>

/** A secret of `GET /secrets` or a config of `GET /configs`. An absent field means its zero value. */
export interface SwarmFile {
  readonly ID?: string
  readonly Version?: ObjectVersion
  /** RFC 3339. */
  readonly CreatedAt?: string
  /** RFC 3339. */
  readonly UpdatedAt?: string
  readonly Spec?: {
    readonly Name?: string
    readonly Labels?: Labels | null
    /** Base64; present for configs only. */
    readonly Data?: string
    /** The driver that keeps the secret outside the swarm. */
    readonly Driver?: NamedDriver | null
  }
}

interface NamedDriver {
  readonly Name?: string
  readonly Options?: Readonly<Record<string, string>>
}

/** The body of the request that creates a secret or a config. */
export interface SwarmFileSpec {
  readonly Name?: string
  readonly Labels: Labels
  /** Base64. */
  readonly Data?: string
  readonly Driver?: NamedDriver
  /** The template driver for the content. */
  readonly Templating?: NamedDriver
}
