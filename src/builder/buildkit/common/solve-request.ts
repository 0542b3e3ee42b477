import type { RegistryAuth } from '../../../domain/registry/registry.ts'
import type { SendWeb } from '../../../registry/http-client.ts'
import type { BuildFailure, ErrorSource } from '../../progress/build-status.ts'

/** Names and values in BuildKit's own words. */
export type Attributes = Readonly<Record<string, string>>

/** What BuildKit is asked to do. */
export interface SolveRequest {
  /** Names the build at the daemon: see `newBuildRef`. */
  readonly ref: string
  /** `dockerfile.v0`, or `gateway.v0` with a frontend of its own. */
  readonly frontend: string
  /** `filename`, `target`, `build-arg:NAME`, `context:NAME`, `platform`, … */
  readonly frontendAttributes: Attributes
  /** What the frontend is asked in place of a build; only it is told. */
  readonly callAttributes?: Attributes
  /** Engines before 25 know only the first one. None builds without a result. */
  readonly exporters: readonly Exporter[]
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
  /** `network.host`, `security.insecure`. */
  readonly entitlements: readonly string[]
  /** Whether the daemon is to keep no record of it, as of a `--call`. */
  readonly isInternal?: boolean
}

/** One result of a build. */
export interface Exporter {
  /** `moby` (an image in the engine's own store), `image`, `local`, `tar`, `oci`, `docker`. */
  readonly type: string
  readonly attributes: Attributes
  /** Where it goes on this machine, for the types that send it: `local` to a directory, the others as one stream. */
  readonly output?: Output
}

export type Output =
  /** A directory, made where it is missing; what is in it stays. */
  | { readonly kind: 'directory'; readonly path: string }
  /** A file, whole or not at all. */
  | { readonly kind: 'file'; readonly path: string }
  /** stdout and the like; ended by `close` alone. */
  | { readonly kind: 'stream'; readonly stream: NodeJS.WritableStream }

export interface CacheEntry {
  /** `registry`, `inline`, `local`, `gha`, … */
  readonly type: string
  readonly attributes: Attributes
}

/** What the daemon may ask of us while it builds. */
export interface SessionProviders {
  /** Shown by the daemon; docker takes the build context's last path segment. */
  readonly name: string
  /**
   * What a build context is kept by at the daemon, so that only what changes is sent again; by default the machine
   * and the directory `context`. Builds that share a key send to each other's copy.
   */
  readonly sharedKey?: string
  /** Directories by the name that BuildKit asks for: `context`, `dockerfile`, named contexts. */
  readonly directories: Readonly<Record<string, LocalDirectory>>
  /** Archives by the last segment of their URL `http://buildkit-session/ID`, which an attribute `context` names. */
  readonly uploads: Readonly<Record<string, AsyncIterable<Uint8Array>>>
  /**
   * Directories with blobs, by the names that the daemon has for them: `local:FOLDER` for a cache, `oci:ID` for an
   * image.
   */
  readonly stores: Readonly<Record<string, ContentDirectory>>
  /** By their ids. */
  readonly secrets: Readonly<Record<string, Secret>>
  /** ssh agents by their ids; `default` is what a `RUN --mount=type=ssh` without an id asks for. */
  readonly agents: Readonly<Record<string, AgentSource>>
  /** Credentials for a registry, by the key that config.json has for it; an empty object when there are none. */
  readonly credentials: (server: string) => Promise<RegistryAuth>
  /** Asks the token endpoints of registries. */
  readonly send: SendWeb
}

export interface LocalDirectory {
  /** An existing directory. */
  readonly path: string
}

/** A directory with an OCI layout. */
export interface ContentDirectory {
  readonly path: string
  /** Whether the daemon may add blobs. */
  readonly isWritable: boolean
}

export type Secret =
  /** Read when it is asked for. */
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'value'; readonly data: Uint8Array }

/** Who signs for a build. */
export interface AgentSource {
  /** A running agent's socket. */
  readonly socketPath: string
}

/** How a build ended well. */
export interface SolveResult {
  /** `containerimage.digest`, `containerimage.config.digest`, `image.name`, `containerimage.descriptor` (base64), … */
  readonly exporterResponse: Attributes
  /**
   * What the frontend says: `result.txt`, `result.json`, … where the attribute `requestid` asked it something
   * (`--call`).
   */
  readonly frontendResponse: Readonly<Record<string, Uint8Array>>
}

/** Why a build failed, in BuildKit's words. */
export class SolveError extends Error implements BuildFailure {
  override name = 'SolveError'
  /** gRPC's: 1 cancelled, 2 unknown, 12 unimplemented, 14 unavailable, … */
  readonly code: number
  /** The innermost first. */
  readonly sources: readonly ErrorSource[]
  /** The digest of the step that failed; empty when it was none. */
  readonly vertex: string

  constructor(
    message: string,
    { code, sources = [], vertex = '' }: { code: number; sources?: readonly ErrorSource[]; vertex?: string },
  ) {
    super(message)
    this.code = code
    this.sources = sources
    this.vertex = vertex
  }
}

/** What an engine's BuildKit can do, as far as a request depends on it. */
export interface BuilderFacts {
  /** Images are kept in containerd's store: several platforms, attestations, OCI archives and cache exports work. */
  readonly hasContainerdStore: boolean
  /** The address that `host-gateway` stands for; undefined when the engine does not report one. */
  readonly hostGateway: string | undefined
  readonly takesManyExporters: boolean
}
