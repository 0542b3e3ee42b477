import type { CreateBody } from '../../domain/container/create-request.ts'

/** What docker warns of, on stderr, before it creates a container. */
export function createWarnings({ HostConfig: host }: CreateBody): string[] {
  const local = host.Dns.find((server) => server.startsWith('127.') || server === '::1')
  return local === undefined ? [] : [`WARNING: Localhost DNS (${local}) may fail in containers.`]
}
