import type { Timestamp } from '@bufbuild/protobuf/wkt'
import type {
  BuildStatus,
  Instant,
  SourceFile,
  SourceRange,
  Vertex,
  VertexLog,
  VertexStatus,
  VertexWarning,
} from '../../progress/build-status.ts'
import type {
  StatusResponse,
  VertexLog as WireLog,
  VertexStatus as WireStatus,
  Vertex as WireVertex,
  VertexWarning as WireWarning,
} from '../gen/moby/control_pb.ts'
import type { Range, SourceInfo } from '../gen/moby/ops_pb.ts'

const NANOSECONDS = 1_000_000_000n

/** Converts a status event of the daemon. */
export function toBuildStatus({ vertexes, statuses, logs, warnings }: StatusResponse): BuildStatus {
  return {
    vertexes: vertexes.map(vertex),
    statuses: statuses.map(vertexStatus),
    logs: logs.map(vertexLog),
    warnings: warnings.map(vertexWarning),
  }
}

function sourceFile({ filename, data, language }: Omit<SourceInfo, '$typeName'>): SourceFile {
  return { filename, data, language }
}

function vertex({ digest, inputs, name, cached, started, completed, error, progressGroup }: WireVertex): Vertex {
  return {
    digest,
    inputs,
    name,
    isCached: cached,
    ...times({ started, completed }),
    error,
    ...(progressGroup && {
      progressGroup: { id: progressGroup.id, name: progressGroup.name, isWeak: progressGroup.weak },
    }),
  }
}

function vertexStatus(status: WireStatus): VertexStatus {
  const { ID: id, vertex, name, current, total, timestamp, started, completed } = status
  return {
    id,
    vertex,
    name,
    current: Number(current),
    total: Number(total),
    ...times({ timestamp, started, completed }),
  }
}

function vertexLog({ vertex, timestamp, stream, msg }: WireLog): VertexLog {
  return { vertex, ...times({ timestamp }), stream: Number(stream), data: msg }
}

function vertexWarning({ vertex, level, short, detail, url, info, ranges }: WireWarning): VertexWarning {
  return {
    vertex,
    level: Number(level),
    short,
    detail,
    url,
    ...(info && { source: sourceFile(info) }),
    ranges: ranges.map(sourceRange),
  }
}

function sourceRange({ start, end }: Range): SourceRange {
  const position = (at: Range['start']) => ({ line: at?.line ?? 0, character: at?.character ?? 0 })
  return { start: position(start), end: position(end) }
}

/** Converts the timestamps that are set. Go's zero time, in the year 1, means that one is not. */
function times<Name extends string>(stamps: Record<Name, Timestamp | undefined>): { [Key in Name]?: Instant } {
  const instants: { [Key in Name]?: Instant } = {}
  for (const name in stamps) {
    const stamp = stamps[name]
    if (stamp && stamp.seconds >= 0n) instants[name] = stamp.seconds * NANOSECONDS + BigInt(stamp.nanos)
  }
  return instants
}
