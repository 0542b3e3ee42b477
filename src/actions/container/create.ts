import type { Cli } from '../../cli/cli.ts'
import { workingDirectory } from '../../cli/working-folder.ts'
import { proxiesFor } from '../../config/proxies.ts'
import type { CreateBody } from '../../domain/container/create-request.ts'
import { EngineError, messageOf } from '../../domain/errors.ts'
import { formatPlatform, parsePlatform } from '../../domain/image/platform.ts'
import type { PullPolicy } from '../../domain/image/pull-policy.ts'
import { familiarString, type ImageReference, parseReference, withDefaultTag } from '../../domain/image/reference.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { createWarnings } from '../../flags/container/create.ts'
import type { ClientEnvironment } from '../../flags/container/environment.ts'
import { formatLogLine } from '../../format/text/notices.ts'
import { NO_PROGRESS, pullImage } from '../image/pull.ts'
import { withRegistryHint } from '../registry/registry-failure.ts'
import { checkCidFile, writeCidFile } from './cid-file.ts'

export interface CreateRequest {
  readonly body: CreateBody
  readonly name: string
  /** As typed; empty for DOCKER_DEFAULT_PLATFORM's, or the daemon's own. */
  readonly platform: string
  readonly pull: PullPolicy
  /** Whether a pull goes on in silence. */
  readonly quiet: boolean
  /** Whether the container gets the daemon's socket and the stored credentials. */
  readonly useApiSocket: boolean
}

/**
 * Creates a container, and pulls its image first where the policy says so.
 * @returns its id
 * @throws EngineError, ConnectionError, Error in docker's words
 */
export async function createContainer(request: CreateRequest, cli: Cli): Promise<string> {
  const { pull, quiet } = request
  for (const warning of createWarnings(request.body)) cli.err.write(`${warning}\n`)
  checkCidFile(request.body.HostConfig.ContainerIDFile)
  const reference = imageReference(request.body.Image)
  const socketUse = request.useApiSocket ? await apiSocketUse(request.body, cli) : undefined
  const body = socketUse?.body ?? request.body
  const platform = await platformOf(request.platform, cli)
  const create = () => cli.engine.containerStreams.create({ body, name: request.name, platform })
  const fetch = async (image: ImageReference) =>
    withRegistryHint(image.domain, () =>
      pullImage({ reference: image, allTags: false, platform, progress: quiet ? NO_PROGRESS : cli.err }, cli),
    )
  if (pull === 'always' && reference) await fetch(reference)
  await refuseOldDaemon(body, cli)
  const created = await create().catch(async (error: unknown) => {
    const isMissing = error instanceof EngineError && error.isNotFound
    if (!isMissing || !reference || pull !== 'missing') throw error
    if (!quiet) cli.err.write(`Unable to find image '${familiarString(reference)}' locally\n`)
    await fetch(reference).catch(async (failure: unknown) => {
      const { withSimilarImage } = await import('../../cli/hints/similar-image.ts')
      throw await withSimilarImage(failure, reference, cli)
    })
    return create()
  })
  for (const warning of created.Warnings ?? []) cli.err.write(`WARNING: ${warning}\n`)
  await keepId(created.Id, body, cli)
  await socketUse?.inject(created.Id)
  return created.Id
}

/** Loaded only when it is asked for. */
async function apiSocketUse(body: CreateBody, cli: Cli) {
  const { injectCredentials, withApiSocket } = await import('./api-socket.ts')
  const use = await withApiSocket(body, cli)
  return { body: use.body, inject: (id: string) => injectCredentials(id, use, cli) }
}

/** A container whose id nobody can learn is of no use: it goes when the id cannot be written. */
async function keepId(id: string, body: CreateBody, { engine }: Cli): Promise<void> {
  try {
    writeCidFile(body.HostConfig.ContainerIDFile, id)
  } catch (error) {
    await engine.containers.remove(id, { force: true, volumes: true, link: false }).catch(() => {})
    throw error
  }
}

/** What may be pulled; undefined for an image's id. @throws Error in docker's words */
function imageReference(image: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(image) || /^sha256:[a-f0-9]{64}$/.test(image)) return undefined
  return withDefaultTag(parseReference(image))
}

/** Daemons before API 1.41 take no platform. @throws Error in docker's words */
async function platformOf(typed: string, { engine, env, platform }: Cli): Promise<string> {
  const wanted = typed || env.DOCKER_DEFAULT_PLATFORM || ''
  if (wanted === '' || compareVersions(await engine.apiVersion(), '1.41') < 0) return ''
  try {
    return formatPlatform(parsePlatform(wanted, platform))
  } catch (error) {
    throw new Error(`error parsing specified platform: ${messageOf(error)}`, { cause: error })
  }
}

async function refuseOldDaemon({ NetworkingConfig }: CreateBody, { engine }: Cli): Promise<void> {
  if (Object.values(NetworkingConfig.EndpointsConfig).every(({ MacAddress }) => MacAddress === '')) return
  const version = await engine.apiVersion()
  if (compareVersions(version, '1.44') >= 0) return
  throw new Error(
    `"specify mac-address per network" requires API version 1.44, but the Docker daemon API version is ${version}`,
  )
}

/**
 * What the command line refers to beyond itself.
 * @param consoleSize the terminal's rows and columns; looked up while the daemon responds
 */
export async function clientEnvironment(
  cli: Cli,
  consoleSize: () => readonly [number, number],
): Promise<ClientEnvironment> {
  const known = {
    cwd: workingDirectory(),
    environment: cli.env,
    proxies: proxiesFor(cli.config.data, cli.engine.host),
    readFile: cli.readFile,
  }
  const asked = cli.engine.apiVersion()
  return { ...known, consoleSize: consoleSize(), apiVersion: await asked }
}

/** Remarks on `--mount` fields, as docker logs them. */
export function warnOfMounts(mounts: readonly { readonly warnings: readonly string[] }[], cli: Cli): void {
  const { err } = cli
  for (const warning of mounts.flatMap(({ warnings }) => warnings)) {
    err.write(formatLogLine('warning', warning, { isTerminal: err.isTerminal, now: cli.now() }))
  }
}
