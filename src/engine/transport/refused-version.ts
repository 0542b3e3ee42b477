import { EngineError } from '../../domain/errors.ts'
import { compareVersions } from '../../domain/system/api-version.ts'

/** The Engine's message about a request whose API version is below its minimum. */
const TOO_OLD = /^client version (\d+\.\d+) is too old\. Minimum supported API version is (\d+\.\d+)/

/** The API version of a request that the daemon refused as too old, and the daemon's oldest one. */
export interface RefusedVersion {
  readonly refused: string
  readonly minimum: string
}

/**
 * Reads the error of a request that was refused because of its API version. Undefined for other errors, and when tug does
 * not support the daemon's versions.
 * @param newest the newest version that tug and the daemon support
 */
export function parseRefusal(error: unknown, newest: string): RefusedVersion | undefined {
  if (!(error instanceof EngineError)) return undefined
  const [, refused = '', minimum = ''] = TOO_OLD.exec(error.message) ?? []
  if (minimum === '' || compareVersions(minimum, refused) <= 0) return undefined
  return compareVersions(minimum, newest) > 0 ? undefined : { refused, minimum }
}
