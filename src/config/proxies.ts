import { type JsonObject, objectAt, textAt } from './config-file.ts'

const NAMES = {
  HTTP_PROXY: 'httpProxy',
  HTTPS_PROXY: 'httpsProxy',
  NO_PROXY: 'noProxy',
  FTP_PROXY: 'ftpProxy',
  ALL_PROXY: 'allProxy',
} as const

/**
 * The proxies that config.json sets for containers and builds on a daemon, by the name of their variable in capitals.
 * @param host the daemon's address as messages name it; where it has no entry, `default` counts
 */
export function proxiesFor(data: JsonObject, host: string): Record<string, string> {
  const proxies = objectAt(data, 'proxies')
  const chosen = objectAt(proxies, host in proxies ? host : 'default')
  const set = Object.entries(NAMES).map(([name, key]): [string, string] => [name, textAt(chosen, key)])
  return Object.fromEntries(set.filter(([, proxy]) => proxy !== ''))
}
