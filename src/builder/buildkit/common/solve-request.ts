import type { RegistryAuth } from '../../../domain/registry/registry.ts'
import type { SendWeb } from '../../../registry/http-client.ts'
import type { BuildFailure, ErrorSource } from '../../progress/build-status.ts'

/** The types of a build request, of what the session offers, and of the result. */

/** BuildKit's attributes by name. */
export type Attributes = Readonly<Record<string, string>>

/** A build request. */
export interface SolveRequest {
  /** The name of the build at the daemon; see `newBuildRef`. */
  readonly ref: string
  /** `dockerfile.v0`, or `gateway.v0` for a frontend image. */
  readonly frontend: string
  /** `filename`, `target`, `build-arg:NAME`, `context:NAME`, `platform`, … */
  readonly frontendAttributes: Attributes
  /** The attributes of a `--call`. They are sent to the frontend only, not with the build. */
  readonly callAttributes?: Attributes
  /** The exporters. Engines before 25 use only the first one; without any, there is no result. */
  readonly exporters: readonly Exporter[]
  readonly cacheImports: readonly CacheEntry[]
  readonly cacheExports: readonly CacheEntry[]
  /** `network.host`, `security.insecure`. */
  readonly entitlements: readonly string[]
  /** Whether the daemon keeps no record of the build, as for a `--call`. */
  readonly isInternal?: boolean
}

/** An exporter, which produces one result of a build. */
export interface Exporter {
  /** `moby` (an image in the engine's own store), `image`, `local`, `tar`, `oci`, `docker`. */
  readonly type: string
  readonly attributes: Attributes
  /**
   * The destination on this machine, for types that send their result: `local` to a directory, the others as one
   * stream.
   */
  readonly output?: Output
}

export type Output =
  /** A directory, which is created if missing; existing files stay. */
  | { readonly kind: 'directory'; readonly path: string }
  /** A file, which is written completely or not at all. */
  | { readonly kind: 'file'; readonly path: string }
  /** A stream such as stdout, which is not closed at the end. */
  | { readonly kind: 'stream'; readonly stream: NodeJS.WritableStream }

export interface CacheEntry {
  /** `registry`, `inline`, `local`, `gha`, … */
  readonly type: string
  readonly attributes: Attributes
}

/** Everything that the daemon may request from the client during a build. */
export interface SessionProviders {
  /** The name in the daemon's logs; docker uses the last path segment of the build context. */
  readonly name: string
  /**
   * The key of the daemon's copy of the build context, so that only changes are sent again. The default is derived from
   * the machine and the directory `context`. Builds with the same key share one copy.
   */
  readonly sharedKey?: string
  /** Directories by the name under which BuildKit requests them: `context`, `dockerfile`, named contexts. */
  readonly directories: Readonly<Record<string, LocalDirectory>>
  /** Archives by the last segment of their URL `http://buildkit-session/ID`, the value of the attribute `context`. */
  readonly uploads: Readonly<Record<string, AsyncIterable<Uint8Array>>>
  /**
   * Directories with blobs by the daemon's names for them: `local:PATH` for a cache, `oci:ID` for an image.
   */
  readonly stores: Readonly<Record<string, ContentDirectory>>
  /** Secrets by id. */
  readonly secrets: Readonly<Record<string, Secret>>
  /** ssh agents by id; `RUN --mount=type=ssh` without an id uses `default`. */
  readonly agents: Readonly<Record<string, AgentSource>>
  /** Returns the credentials for a registry by its key in config.json; an empty object when there are none. */
  readonly credentials: (server: string) => Promise<RegistryAuth>
  /** Sends requests to the token endpoints of registries. */
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
  /** The file is read when a step uses the secret. */
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'value'; readonly data: Uint8Array }

/** An ssh agent that steps may use. */
export interface AgentSource {
  /** The socket of the running agent. */
  readonly socketPath: string
}

/** The result of a successful build. */
export interface SolveResult {
  /** `containerimage.digest`, `containerimage.config.digest`, `image.name`, `containerimage.descriptor` (base64), … */
  readonly exporterResponse: Attributes
  /**
   * The response of the frontend to a `--call` (attribute `requestid`): `result.txt`, `result.json`, …
   */
  readonly frontendResponse: Readonly<Record<string, Uint8Array>>
}

/** A failed build, with BuildKit's message. */
export class SolveError extends Error implements BuildFailure {
  override name = 'SolveError'
  /** The gRPC status code: 1 canceled, 2 unknown, 12 unimplemented, 14 unavailable, … */
  readonly code: number
  /** The innermost first. */
  readonly sources: readonly ErrorSource[]
  /** The digest of the failed step; empty when the failure belongs to no step. */
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

/** The capabilities of an engine's BuildKit on which a request depends. */
export interface BuilderFacts {
  /**
   * Whether images are in containerd's store, which supports several platforms, attestations, OCI archives and cache
   * exports.
   */
  readonly hasContainerdStore: boolean
  /** The address that `host-gateway` stands for; undefined when the engine does not report one. */
  readonly hostGateway: string | undefined
  readonly hasManyExporters: boolean
}
