import { parseGoBool } from '../../domain/go/bool.ts'
import type { SourceRange, VertexWarning } from '../progress/build-status.ts'
import type { Members } from './results.ts'

/** Returns the warnings of a build for the metadata file, which `BUILDX_METADATA_WARNINGS` enables. */
export function toWarningMembers(
  warnings: readonly VertexWarning[],
  { BUILDX_METADATA_WARNINGS: wanted }: Readonly<Record<string, string | undefined>>,
): Members {
  const isWanted = wanted !== undefined && parseGoBool(wanted) === true && warnings.length > 0
  return isWanted ? { 'buildx.build.warnings': warnings.map(warningMember) } : {}
}

function warningMember({ vertex, level, short, detail, url, source, ranges }: VertexWarning): object {
  return {
    ...omitEmpty({ vertex, level, short: base64(short) }),
    ...(detail.length > 0 ? { detail: detail.map(base64) } : {}),
    ...omitEmpty({ url }),
    ...(source
      ? {
          sourceInfo: omitEmpty({ filename: source.filename, data: base64(source.data), language: source.language }),
        }
      : {}),
    ...(ranges.length > 0 ? { range: ranges.map(rangeMember) } : {}),
  }
}

function rangeMember({ start, end }: SourceRange): object {
  return { start: omitEmpty({ ...start }), end: omitEmpty({ ...end }) }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** Leaves out empty members and zeros, like Go's `omitempty`. */
function omitEmpty(members: Readonly<Record<string, string | number>>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '' && value !== 0))
}
