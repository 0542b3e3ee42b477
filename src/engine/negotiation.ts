// What a ping tells about a daemon, and which API version follows from it.
import { compareVersions, isVersion } from '../domain/system/api-version.ts'
import type { PingResult } from './transport/request-sender.ts'

/**
 * The API version of requests to a daemon that has it, which is docker 28's. Responses in newer versions lack fields that
 * scripts read, so requests have a newer one only if they need it, or if the daemon refuses this one as too old.
 */
export const CLIENT_API_VERSION = '1.50'

/** The newest API version that tug supports: Engine 29's. */
export const NEWEST_API_VERSION = '1.55'

/** The API version of a daemon that does not report one. */
const OLDEST_API_VERSION = '1.24'

/** What the response to a ping says about the daemon. */
export interface DaemonFacts {
  readonly apiVersion: string
  readonly osType: string
  /** `2` when the daemon prefers BuildKit; `1` or empty for the classic builder. */
  readonly builderVersion: string
  readonly isExperimental: boolean
  /** The error response to the ping, from the daemon or a proxy, when it has no API version. */
  readonly pingError?: Error
}

/** Returns the older of two API versions. */
export function older(a: string, b: string): string {
  return compareVersions(a, b) < 0 ? a : b
}

/** What docker assumes about a daemon whose ping failed. The next request reports the error. */
export const UNKNOWN_DAEMON: DaemonFacts = {
  apiVersion: CLIENT_API_VERSION,
  osType: '',
  builderVersion: '',
  isExperimental: true,
}

/**
 * Reads the headers of a ping's response. Like docker, it uses the API version of an error response, but nothing else.
 */
export function factsOf({ head, error }: PingResult): DaemonFacts {
  const apiVersion = head.header('api-version')
  if (error) return { ...UNKNOWN_DAEMON, ...(isVersion(apiVersion) ? { apiVersion } : { pingError: error }) }
  return {
    // The version becomes part of every path, so an invalid one is not used.
    apiVersion: apiVersion === '' ? OLDEST_API_VERSION : isVersion(apiVersion) ? apiVersion : CLIENT_API_VERSION,
    osType: head.header('ostype'),
    builderVersion: head.header('builder-version'),
    isExperimental: head.header('docker-experimental') === 'true',
  }
}
