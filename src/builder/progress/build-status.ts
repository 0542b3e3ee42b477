/** A moment, in nanoseconds since 1970: BuildKit's clock is finer than JavaScript's `Date`. */
export type Instant = bigint

/** What BuildKit tells while it builds: every list holds what is new or has changed since the event before. */
export interface BuildStatus {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly VertexStatus[]
  readonly logs: readonly VertexLog[]
  readonly warnings: readonly VertexWarning[]
}

/** A step of the build, identified by its digest. It is told again each time it changes, whole. */
export interface Vertex {
  readonly digest: string
  /** The digests of the steps it builds on. */
  readonly inputs: readonly string[]
  /** As people read it: `[stage-1 2/3] RUN make`. */
  readonly name: string
  readonly isCached: boolean
  readonly started?: Instant
  readonly completed?: Instant
  /** Why it failed; empty when it did not. A cancelled step's ends in `context canceled`. */
  readonly error: string
  readonly progressGroup?: ProgressGroup
}

/** Steps that are shown as one. */
export interface ProgressGroup {
  readonly id: string
  readonly name: string
  /** Whether the group stands back behind another one that a step could be shown with. */
  readonly isWeak: boolean
}

/** A part of a step that takes time by itself: a layer's download, the transfer of the build context. */
export interface VertexStatus {
  readonly id: string
  /** The digest of its step. */
  readonly vertex: string
  readonly name: string
  /** Mostly bytes; `total` is 0 where it is not known. */
  readonly current: number
  readonly total: number
  readonly timestamp?: Instant
  readonly started?: Instant
  readonly completed?: Instant
}

/** Output of a step. Lines may be cut anywhere, within a character too. */
export interface VertexLog {
  /** The digest of its step. */
  readonly vertex: string
  readonly timestamp?: Instant
  /** 1 for stdout, 2 for stderr. */
  readonly stream: number
  readonly data: Uint8Array
}

/** What the frontend advises against. */
export interface VertexWarning {
  /** The digest of its step. */
  readonly vertex: string
  readonly level: number
  /** UTF-8. */
  readonly short: Uint8Array
  /** Lines in UTF-8. */
  readonly detail: readonly Uint8Array[]
  /** Where to read more. */
  readonly url: string
  readonly source?: SourceFile
  readonly ranges: readonly SourceRange[]
}

/** A file that the build reads its steps from. */
export interface SourceFile {
  readonly filename: string
  readonly data: Uint8Array
  /** `Dockerfile`. */
  readonly language: string
}

/** A stretch of a file, both ends included. */
export interface SourceRange {
  readonly start: SourcePosition
  readonly end: SourcePosition
}

interface SourcePosition {
  /** The first one is 1. */
  readonly line: number
  readonly character: number
}

/** Where in which file a build failed. */
export interface ErrorSource {
  readonly file: SourceFile
  readonly ranges: readonly SourceRange[]
}

/** Why a build failed. */
export interface BuildFailure {
  /** The gRPC status code. */
  readonly code: number
  readonly message: string
  readonly sources: readonly ErrorSource[]
}
