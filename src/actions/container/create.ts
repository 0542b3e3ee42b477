import type { Cli } from '../../cli/cli.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
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
import { pullImage } from '../image/pull.ts'
import { NO_PROGRESS } from '../image/transfer.ts'
import { withRegistryHint } from '../registry/registry-hint.ts'
import { checkCidFile, writeCidFile } from './cid-file.ts'

export interface CreateRequest {
  readonly body: CreateBody
  readonly name: string
  /** The platform as typed; if empty, DOCKER_DEFAULT_PLATFORM or the daemon's platform is used. */
  readonly platform: string
  readonly pull: PullPolicy
  /** Whether a pull shows no progress. */
  readonly quiet: boolean
  /** Whether the container gets the daemon's socket and the stored registry credentials. */
  readonly useApiSocket: boolean
}

/**
 * Creates a container, and pulls its image according to the pull policy.
 * @returns the container's id
 * @throws EngineError, ConnectionError, Error with docker's message
 */
export async function createContainer(request: CreateRequest, cli: Cli): Promise<string> {
  const { pull, quiet } = request
  for (const warning of createWarnings(request.body)) cli.err.write(`${warning}\n`)
  checkCidFile(request.body.HostConfig.ContainerIDFile)
  const reference = imageReference(request.body.Image)
  const socketAccess = request.useApiSocket ? await apiSocketAccess(request.body, cli) : undefined
  const body = socketAccess?.body ?? request.body
  const platform = await platformOf(request.platform, cli)
  const create = () => cli.engine.containerStreams.create({ body, name: request.name, platform })
  const pullReference = async (image: ImageReference) =>
    withRegistryHint(image.domain, () =>
      pullImage({ reference: image, allTags: false, platform }, quiet ? NO_PROGRESS : cli.err, cli),
    )
  if (pull === 'always' && reference) await pullReference(reference)
  await refuseOldDaemon(body, cli)
  const created = await create().catch(async (error: unknown) => {
    const isMissing = error instanceof EngineError && error.isNotFound
    if (!isMissing || !reference || pull !== 'missing') throw error
    if (!quiet) cli.err.write(`Unable to find image '${familiarString(reference)}' locally\n`)
    await pullReference(reference).catch(async (failure: unknown) => {
      const { withSimilarImage } = await import('../../cli/hints/not-found.ts')
      throw await withSimilarImage(failure, reference, cli)
    })
    return create()
  })
  for (const warning of created.Warnings ?? []) cli.err.write(`WARNING: ${warning}\n`)
  await writeId(created.Id, body, cli)
  await socketAccess?.inject(created.Id)
  return created.Id
}

/** Loads the code for `--use-api-socket` only if the flag is given. */
async function apiSocketAccess(body: CreateBody, cli: Cli) {
  const { injectCredentials, withApiSocket } = await import('./api-socket.ts')
  const access = await withApiSocket(body, cli)
  return { body: access.body, inject: (id: string) => injectCredentials(id, access, cli) }
}

/** Writes the id to `--cidfile`. If that fails, the container is removed again, because nobody would know its id. */
async function writeId(id: string, body: CreateBody, { engine }: Cli): Promise<void> {
  try {
    writeCidFile(body.HostConfig.ContainerIDFile, id)
  } catch (error) {
    await engine.containers.remove(id, { force: true, volumes: true, link: false }).catch(() => {})
    throw error
  }
}

/** Returns the reference to pull; undefined for an image id. @throws Error with docker's message */
function imageReference(image: string): ImageReference | undefined {
  if (/^[a-f0-9]{64}$/.test(image) || /^sha256:[a-f0-9]{64}$/.test(image)) return undefined
  return withDefaultTag(parseReference(image))
}

/** Returns the platform for the request; empty for daemons before API 1.41. @throws Error with docker's message */
async function platformOf(typed: string, { engine, env, platform }: Cli): Promise<string> {
  const requested = typed || env.DOCKER_DEFAULT_PLATFORM || ''
  if (requested === '' || compareVersions(await engine.apiVersion(), '1.41') < 0) return ''
  try {
    return formatPlatform(parsePlatform(requested, platform))
  } catch (error) {
    throw new Error(`error parsing specified platform: ${messageOf(error)}`, { cause: error })
  }
}

/** Refuses MAC addresses for daemons before API 1.44. @throws Error with docker's message */
async function refuseOldDaemon({ NetworkingConfig }: CreateBody, { engine }: Cli): Promise<void> {
  if (Object.values(NetworkingConfig.EndpointsConfig).every(({ MacAddress }) => MacAddress === '')) return
  const version = await engine.apiVersion()
  if (compareVersions(version, '1.44') >= 0) return
  throw new Error(
    `"specify mac-address per network" requires API version 1.44, but the Docker daemon API version is ${version}`,
  )
}

/**
 * Returns what the translation of flags needs besides the command line.
 * @param consoleSize returns the terminal's rows and columns; it is called while the daemon reports its API version
 */
export async function clientEnvironment(
  cli: Cli,
  consoleSize: () => readonly [number, number],
): Promise<ClientEnvironment> {
  const proxies = proxiesFor(cli.config.data, cli.engine.host)
  const apiVersionRequest = cli.engine.apiVersion()
  const size = consoleSize()
  const apiVersion = await apiVersionRequest
  return {
    get cwd() {
      return logicalWorkingDirectory(cli.env)
    },
    environment: cli.env,
    proxies,
    consoleSize: size,
    apiVersion,
    readFile: cli.readFile,
  }
}

/** Prints warnings about `--mount` fields in docker's log format. */
export function warnOfMounts(mounts: readonly { readonly warnings: readonly string[] }[], cli: Cli): void {
  const { err } = cli
  for (const warning of mounts.flatMap(({ warnings }) => warnings)) {
    err.write(formatLogLine('warning', warning, { isTerminal: err.isTerminal, now: cli.now() }))
  }
}
