import { fromBinary } from '@bufbuild/protobuf'
import type { ErrorSource } from '../../progress/build-status.ts'
import { field, list, parseJson, text } from '../common/loose-json.ts'
import { SolveError } from '../common/solve-request.ts'
import { readSourceRange } from '../common/source-range.ts'
import { StatusSchema } from '../gen/google/rpc/status_pb.ts'
import { formatGrpcError, type GrpcError } from '../grpc/status.ts'

/** Converts the daemon's error, whose details name the failed step and its place in the Dockerfile. */
export function toSolveError(error: GrpcError): SolveError {
  const sources: ErrorSource[] = []
  let vertex = ''
  for (const { typeUrl, value } of detailsOf(error)) {
    const detail = parseJson(Buffer.from(value).toString('utf8'))
    // BuildKit encodes details as JSON, whatever the name of the type is.
    if (/errdefs\.Source(?:\+json)?$/.test(typeUrl)) sources.push(errorSource(detail))
    else if (/errdefs\.Vertex(?:\+json)?$/.test(typeUrl)) vertex ||= text(detail, 'digest')
  }
  return new SolveError(`failed to solve: ${formatGrpcError(error)}`, { code: error.code, sources, vertex })
}

function detailsOf({ details }: GrpcError) {
  try {
    return details.length === 0 ? [] : fromBinary(StatusSchema, details).details
  } catch {
    // An error must not be lost because its details cannot be decoded.
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
    ranges: list(detail, 'ranges').map(readSourceRange),
  }
}
