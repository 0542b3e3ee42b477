/** The events of a build, as BuildKit reports them and the displays show them. */

/** A time in nanoseconds since 1970, because BuildKit's clock is finer than JavaScript's `Date`. */
export type Instant = bigint

/** One event of a build. Each list contains what is new or has changed since the previous event. */
export interface BuildStatus {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly VertexStatus[]
  readonly logs: readonly VertexLog[]
  readonly warnings: readonly VertexWarning[]
}

/** A step of the build, identified by its digest. It is reported in full each time it changes. */
export interface Vertex {
  readonly digest: string
  /** The digests of the steps that it depends on. */
  readonly inputs: readonly string[]
  /** The displayed name: `[stage-1 2/3] RUN make`. */
  readonly name: string
  readonly isCached: boolean
  readonly started?: Instant
  readonly completed?: Instant
  /** The error; empty when the step has not failed. That of a canceled step ends with `context canceled`. */
  readonly error: string
  readonly progressGroup?: ProgressGroup
}

/** A group of steps that is displayed as one step. */
export interface ProgressGroup {
  readonly id: string
  readonly name: string
  /** Whether the group stays hidden until a member that is not weak has started. */
  readonly isWeak: boolean
}

/** A part of a step with progress of its own, such as the download of a layer or the transfer of the build context. */
export interface VertexStatus {
  readonly id: string
  /** The digest of its step. */
  readonly vertex: string
  readonly name: string
  /** Usually bytes; `total` is 0 when it is not known. */
  readonly current: number
  readonly total: number
  readonly timestamp?: Instant
  readonly started?: Instant
  readonly completed?: Instant
}

/** Output of a step. It may be cut anywhere, even within a character. */
export interface VertexLog {
  /** The digest of its step. */
  readonly vertex: string
  readonly timestamp?: Instant
  /** 1 for stdout, 2 for stderr. */
  readonly stream: number
  readonly data: Uint8Array
}

/** A warning of the frontend. */
export interface VertexWarning {
  /** The digest of its step. */
  readonly vertex: string
  readonly level: number
  /** UTF-8. */
  readonly short: Uint8Array
  /** Lines in UTF-8. */
  readonly detail: readonly Uint8Array[]
  /** A page with more information. */
  readonly url: string
  readonly source?: SourceFile
  readonly ranges: readonly SourceRange[]
}

/** A file that defines steps of the build. */
export interface SourceFile {
  readonly filename: string
  readonly data: Uint8Array
  /** The language, such as `Dockerfile`. */
  readonly language: string
}

/** A range of a file; both ends are included. */
export interface SourceRange {
  readonly start: SourcePosition
  readonly end: SourcePosition
}

interface SourcePosition {
  /** The line number, from 1. */
  readonly line: number
  readonly character: number
}

/** The place in a file where a build failed. */
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
