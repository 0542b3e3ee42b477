import { messageOf } from '../../domain/errors.ts'
import type { Platform } from '../../domain/image/platform.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { webClient } from '../../registry/http-client.ts'
import { newBuildRef } from './common/ids.ts'
import type { BuilderFacts, SessionProviders, SolveRequest } from './common/solve-request.ts'
import { prepareCaches } from './request/cache.ts'
import { chooseExporters, composeRequest } from './request/compose.ts'
import { prepareExporters, type Stdout } from './request/exports.ts'
import { parseEntitlements, parsePlatforms } from './request/flag-values.ts'
import { findOrigin, toOriginAttributes } from './request/git-origin.ts'
import { openInputs } from './request/inputs.ts'
import { openAgents } from './request/key-agent.ts'
import { type Annotations, parseAnnotations } from './request/metadata.ts'
import { isGitOverSsh } from './request/named-contexts.ts'
import type { BuildKitFlags, BuildOptions } from './request/options.ts'
import { findAgents, findSecrets } from './request/providers.ts'

/** The environment of the client that a build depends on. */
export interface ClientEnvironment {
  /** The argument: a directory, `-`, or an address. */
  readonly path: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Proxies of config.json, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
  /** The platform of the client. */
  readonly platform: Platform
  readonly stdin: AsyncIterable<Uint8Array>
  readonly stdout: Stdout
  /** Returns the credentials for a registry by its key in config.json. */
  readonly credentials: (server: string) => Promise<RegistryAuth>
  /** Lets the daemon fetch a Dockerfile from a URL. */
  readonly fetchDockerfile: (url: string) => Promise<Uint8Array>
  /** Prints a warning with docker's text about something that is left out. */
  readonly warn: (message: string) => void
  readonly signal: AbortSignal
}

/** A build that can be solved. */
export interface PreparedBuild {
  readonly request: SolveRequest
  readonly providers: SessionProviders
  /** The name of the Dockerfile in messages. */
  readonly dockerfileName: string
  /** Stops ssh agents, removes temporary files and releases stdin. */
  close(): void
}

/**
 * Collects all inputs of a build, in buildx's order, which decides on the error that is reported first.
 * @throws Error with buildx's text
 */
export async function prepareBuild(
  flags: BuildKitFlags,
  options: BuildOptions,
  facts: BuilderFacts,
  clientEnvironment: ClientEnvironment,
): Promise<PreparedBuild> {
  const { path, env, platform: localPlatform, proxies, credentials } = clientEnvironment
  if (flags['no-cache'] && flags['no-cache-filter'].length > 0) {
    throw new Error('--no-cache and --no-cache-filter cannot currently be used together')
  }
  const platforms = parsePlatforms(flags.platform, localPlatform)
  const secrets = findSecrets(options.secrets, env)
  const isForSsh = options.agents.length === 0 && isGitOverSsh(path)
  const foundAgents = findAgents(isForSsh ? [{ id: 'default', paths: [] }] : options.agents, env)
  const typedExporters = prepareExporters(options.exports, flags, clientEnvironment.stdout)
  const annotations = annotationsOf(flags, localPlatform)
  const withAnnotations = typedExporters.map((each) => ({
    ...each,
    attributes: { ...each.attributes, ...annotations.attributes },
  }))
  const entitlements = parseEntitlements(flags.allow)
  const ref = newBuildRef()
  const requestParts = {
    ref,
    flags,
    options,
    platforms,
    annotations,
    entitlements,
    facts,
    env,
    proxies,
    exporters: withAnnotations,
  }
  const origin = await findOrigin({ ...clientEnvironment, file: flags.file })
  const exporters = chooseExporters(requestParts)
  const inputs = await openInputs({ ...clientEnvironment, file: flags.file, namedContexts: options.namedContexts })
  try {
    const composed = composeRequest(requestParts, exporters, inputs)
    const { stores: cacheStores, ...caches } = prepareCaches(composed, clientEnvironment.warn)
    const frontendAttributes = { ...composed.frontendAttributes, ...toOriginAttributes(origin, inputs.directories) }
    const request = { ...composed, ...caches, frontendAttributes }
    const { agents, close: closeAgents } = await openAgents(foundAgents)
    const { name, directories, uploads, dockerfileName } = inputs
    const stores = { ...inputs.stores, ...cacheStores }
    return {
      request,
      providers: { name, directories, uploads, stores, secrets, agents, credentials, send: webClient(env) },
      dockerfileName,
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

function annotationsOf({ annotation }: BuildKitFlags, localPlatform: Platform): Annotations {
  try {
    return parseAnnotations(annotation, localPlatform)
  } catch (error) {
    throw new Error(`parse annotations: ${messageOf(error)}`)
  }
}
