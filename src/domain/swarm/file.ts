import type { ObjectVersion } from './node.ts'

type Labels = Readonly<Record<string, string>>

/** A secret or a config of `GET /secrets` and `/configs`. An absent field means its zero value. */
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
    /** Base64; daemons send a config's, never a secret's. */
    readonly Data?: string
    /** What keeps a secret outside of the swarm. */
    readonly Driver?: NamedDriver | null
  }
}

interface NamedDriver {
  readonly Name?: string
}

/** A secret or a config to be made. */
export interface SwarmFileSpec {
  readonly Name?: string
  readonly Labels: Labels
  /** Base64. */
  readonly Data?: string
  readonly Driver?: NamedDriver
  /** What fills in the blanks of its content. */
  readonly Templating?: NamedDriver
}
