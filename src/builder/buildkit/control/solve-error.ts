import { fromBinary } from '@bufbuild/protobuf'
import type { ErrorSource, SourceRange } from '../../progress/build-status.ts'
import { SolveError } from '../common/solve-request.ts'
import { StatusSchema } from '../gen/google/rpc/status_pb.ts'
import { type GrpcError, printableText } from '../grpc/status.ts'

/** The daemon's refusal with what it adds: which step failed, and where in the Dockerfile that is. */
export function solveError(error: GrpcError): SolveError {
  const sources: ErrorSource[] = []
  let vertex = ''
  for (const { typeUrl, value } of detailsOf(error)) {
    const detail = json(value)
    // BuildKit writes details as JSON, whatever the type's name says.
    if (/errdefs\.Source(?:\+json)?$/.test(typeUrl)) sources.push(errorSource(detail))
    else if (/errdefs\.Vertex(?:\+json)?$/.test(typeUrl)) vertex ||= text(detail, 'digest')
  }
  return new SolveError(`failed to solve: ${printableText(error)}`, { code: error.code, sources, vertex })
}

function detailsOf({ details }: GrpcError) {
  try {
    return details.length === 0 ? [] : fromBinary(StatusSchema, details).details
  } catch {
    // An error must not be lost because what it comes with cannot be read.
    return []
  }
}

function errorSource(detail: unknown): ErrorSource {
  const info = field(detail, 'info')
  return {
    file: {
      filename: text(info, 'filename'),
      data: Buffer.from(text(info, 'data'), 'base64'),
      language: text(info, 'language'),
    },
    ranges: list(detail, 'ranges').map(range),
  }
}

function range(value: unknown): SourceRange {
  const position = (name: string) => {
    const at = field(value, name)
    return { line: count(at, 'line'), character: count(at, 'character') }
  }
  return { start: position('start'), end: position('end') }
}

function json(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found : ''
}

function count(value: unknown, name: string): number {
  const found = field(value, name)
  return typeof found === 'number' ? found : 0
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name)
  return Array.isArray(found) ? found : []
}
