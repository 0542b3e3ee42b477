import type { Cli } from '../../cli/cli.ts'
import { type ContextEndpoint, readContext, type StoredContext } from '../../config/context-store.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'

/** What docker calls the context that flags and environment make up. */
export const DEFAULT_DESCRIPTION = 'Current DOCKER_HOST based configuration'

const IN_MEMORY = '<IN MEMORY>'

/** A context by its name; the default one is made up. @throws Error in docker's words */
export function findContext(name: string, { config, defaultHost }: Pick<Cli, 'config' | 'defaultHost'>): StoredContext {
  if (name !== DEFAULT_CONTEXT) return readContext(config.dir, name)
  return {
    name,
    meta: { Metadata: {}, Endpoints: dockerEndpoint({ host: defaultHost, skipTlsVerify: false }) },
    directories: { meta: IN_MEMORY, tls: IN_MEMORY },
  }
}

/** A context's `Endpoints`. */
export function dockerEndpoint({ host, skipTlsVerify }: ContextEndpoint) {
  return { docker: { Host: host, SkipTLSVerify: skipTlsVerify } }
}
