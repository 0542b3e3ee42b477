import { messageOf } from '../../domain/errors.ts'
import type { Platform } from '../../domain/image/platform.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { webClient } from '../../registry/http-client.ts'
import { newBuildRef } from './common/ids.ts'
import type { BuilderFacts, SessionProviders, SolveRequest } from './common/solve-request.ts'
import { openCaches } from './request/cache.ts'
import { chooseExporters, composeRequest } from './request/compose.ts'
import { findExports, type Stdout } from './request/exports.ts'
import { readEntitlements, readPlatforms } from './request/flag-values.ts'
import { findOrigin, originAttributes } from './request/git-origin.ts'
import { openInputs } from './request/inputs.ts'
import { openAgents } from './request/key-agent.ts'
import { type Annotations, readAnnotations } from './request/metadata.ts'
import { isGitOverSsh } from './request/named-contexts.ts'
import type { BuildKitFlags, BuildOptions } from './request/options.ts'
import { findAgents, findSecrets } from './request/providers.ts'

/** What a build takes from its environment. */
export interface ClientEnvironment {
  /** The argument: a directory, `-`, or an address. */
  readonly path: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Proxies of config.json, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
  /** The platform this program runs on. */
  readonly platform: Platform
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Stdout
  /** Credentials for a registry, by the key that config.json has for it. */
  readonly credentials: (server: string) => Promise<RegistryAuth>
  /** Has the daemon fetch a Dockerfile from an address. */
  readonly fetchDockerfile: (url: string) => Promise<Uint8Array>
  /** Told, in docker's words, of what is left out. */
  readonly warn: (message: string) => void
  readonly signal: AbortSignal
}

/** A build that is ready to be solved. */
export interface PreparedBuild {
  readonly request: SolveRequest
  readonly providers: SessionProviders
  /** The Dockerfile as messages name it. */
  readonly shownDockerfile: string
  /** Ends and removes what was made for it. */
  close(): void
}

/**
 * Looks everything up that a build is made of, in buildx's order, which is the order of its complaints.
 * @throws Error in buildx's words
 */
export async function prepareBuild(
  flags: BuildKitFlags,
  options: BuildOptions,
  facts: BuilderFacts,
  clientEnvironment: ClientEnvironment,
): Promise<PreparedBuild> {
  const { path, env, platform: own, proxies, credentials } = clientEnvironment
  if (flags['no-cache'] && flags['no-cache-filter'].length > 0) {
    throw new Error('--no-cache and --no-cache-filter cannot currently be used together')
  }
  const platforms = readPlatforms(flags.platform, own)
  const secrets = findSecrets(options.secrets, env)
  const isForSsh = options.agents.length === 0 && isGitOverSsh(path)
  const foundAgents = findAgents(isForSsh ? [{ id: 'default', paths: [] }] : options.agents, env)
  const found = findExports(options.exports, flags, clientEnvironment.stdout)
  const annotations = annotationsOf(flags, own)
  const annotated = found.map((each) => ({ ...each, attributes: { ...each.attributes, ...annotations.attributes } }))
  const entitlements = readEntitlements(flags.allow)
  const ref = newBuildRef()
  const ingredients = {
    ref,
    flags,
    options,
    platforms,
    annotations,
    entitlements,
    facts,
    env,
    proxies,
    exporters: annotated,
  }
  const origin = await findOrigin({ ...clientEnvironment, file: flags.file })
  const exporters = chooseExporters(ingredients)
  const inputs = await openInputs({ ...clientEnvironment, file: flags.file, namedContexts: options.namedContexts })
  try {
    const composed = composeRequest(ingredients, exporters, inputs)
    const { stores: cacheStores, ...caches } = openCaches(composed, clientEnvironment.warn)
    const frontendAttributes = { ...composed.frontendAttributes, ...originAttributes(origin, inputs.directories) }
    const request = { ...composed, ...caches, frontendAttributes }
    const { agents, close: closeAgents } = await openAgents(foundAgents)
    const { name, directories, uploads, shownDockerfile } = inputs
    const stores = { ...inputs.stores, ...cacheStores }
    return {
      request,
      providers: { name, directories, uploads, stores, secrets, agents, credentials, send: webClient(env) },
      shownDockerfile,
      close() {
        closeAgents()
        inputs.close()
      },
    }
  } catch (error) {
    inputs.close()
    throw error
  }
}

function annotationsOf({ annotation }: BuildKitFlags, own: Platform): Annotations {
  try {
    return readAnnotations(annotation, own)
  } catch (error) {
    throw new Error(`parse annotations: ${messageOf(error)}`)
  }
}
