import type { Cli } from '../../cli/cli.ts'
import { type ContextEndpoint, readContext, type StoredContext } from '../../config/context-store.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'

/** docker's description of the default context, which consists of flags and environment. */
export const DEFAULT_DESCRIPTION = 'Current DOCKER_HOST based configuration'

const IN_MEMORY = '<IN MEMORY>'

/** Returns a context by name. The default context is not stored. @throws Error with docker's message if there is none */
export function findContext(name: string, { config, defaultHost }: Pick<Cli, 'config' | 'defaultHost'>): StoredContext {
  if (name !== DEFAULT_CONTEXT) return readContext(config.dir, name)
  return {
    name,
    meta: { Metadata: {}, Endpoints: dockerEndpoint({ host: defaultHost, skipTlsVerify: false }) },
    directories: { meta: IN_MEMORY, tls: IN_MEMORY },
  }
}

/** Returns the value of a context's `Endpoints`. */
export function dockerEndpoint({ host, skipTlsVerify }: ContextEndpoint) {
  return { docker: { Host: host, SkipTLSVerify: skipTlsVerify } }
}
