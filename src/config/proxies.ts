import { objectIn, textIn } from '../domain/json.ts'
import type { JsonObject } from './config-file.ts'

const NAMES = {
  HTTP_PROXY: 'httpProxy',
  HTTPS_PROXY: 'httpsProxy',
  NO_PROXY: 'noProxy',
  FTP_PROXY: 'ftpProxy',
  ALL_PROXY: 'allProxy',
} as const

/**
 * Returns the proxies that config.json sets for containers and builds on a daemon, by the upper-case name of their
 * environment variable.
 * @param host the daemon's address as in messages; without an entry for it, that of `default` is used
 */
export function proxiesFor(data: JsonObject, host: string): Record<string, string> {
  const proxies = objectIn(data, 'proxies')
  const entry = objectIn(proxies, host in proxies ? host : 'default')
  const variables = Object.entries(NAMES).map(([name, key]): [string, string] => [name, textIn(entry, key)])
  return Object.fromEntries(variables.filter(([, proxy]) => proxy !== ''))
}
