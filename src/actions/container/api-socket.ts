/** `--use-api-socket`: gives a container the daemon's socket and the stored registry credentials. */
import { padding, TAR_END, tarHeader } from '../../archive/tar-header.ts'
import type { Cli } from '../../cli/cli.ts'
import { formatAuthsFile, readAllCredentials } from '../../config/all-credentials.ts'
import type { CreateBody } from '../../domain/container/create-request.ts'
import { describeError, messageOf } from '../../domain/errors.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import { formatLogLine } from '../../format/text/notices.ts'

const SOCKET_IN_CONTAINER = '/var/run/docker.sock'
const CONFIG_DIRECTORY_IN_CONTAINER = '/run/secrets/docker'

export interface ApiSocketAccess {
  readonly body: CreateBody
  /** The credentials to copy into the container before it starts; empty for none. */
  readonly credentials: Readonly<Record<string, RegistryAuth>>
}

/**
 * Mounts the daemon's socket, and adds the stored credentials unless the container sets DOCKER_CONFIG itself
 * (docker/cli container.createContainer).
 * @throws Error with docker's message if the daemon is not reached by a unix socket, or if the credential helper fails
 */
export async function withApiSocket(body: CreateBody, cli: Cli): Promise<ApiSocketAccess> {
  const { host } = cli.engine
  if (!host.startsWith('unix://')) {
    throw new Error(`flag --use-api-socket can only be used with unix sockets: docker endpoint ${host} incompatible`)
  }
  const socket = {
    Type: 'bind',
    Source: host.slice('unix://'.length),
    Target: SOCKET_IN_CONTAINER,
    BindOptions: {},
  } as const
  const HostConfig = { ...body.HostConfig, Mounts: [...(body.HostConfig.Mounts ?? []), socket] }
  const hasConfig = body.Env?.some((variable) => variable.startsWith('DOCKER_CONFIG=')) ?? false
  const credentials = hasConfig ? {} : await storedCredentials(cli)
  if (Object.keys(credentials).length === 0) return { body: { ...body, HostConfig }, credentials }
  const Env = [...(body.Env ?? []), `DOCKER_CONFIG=${CONFIG_DIRECTORY_IN_CONTAINER}`]
  return { body: { ...body, Env, HostConfig }, credentials }
}

async function storedCredentials(cli: Cli): Promise<Record<string, RegistryAuth>> {
  const warn = (registry: string, reason: string) => {
    const message = `Failed to get credentials for registry: ${registry}`
    cli.err.write(formatLogLine('warning', message, { isTerminal: cli.err.isTerminal, now: cli.now(), error: reason }))
  }
  try {
    return await readAllCredentials(cli.config, cli.credentials, warn)
  } catch (error) {
    throw new Error(`resolving credentials failed: resolving credentials failed: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Copies the credentials into the container as the config.json that its DOCKER_CONFIG refers to, readable by root only.
 * @throws Error
 */
export async function injectCredentials(id: string, { credentials }: ApiSocketAccess, { engine }: Cli): Promise<void> {
  if (Object.keys(credentials).length === 0) return
  const content = Buffer.from(formatAuthsFile(credentials))
  const header = tarHeader({
    name: `${CONFIG_DIRECTORY_IN_CONTAINER}/config.json`,
    type: 'file',
    mode: 0o600,
    size: content.length,
    mtime: 0,
  })
  const archive = Buffer.concat([header, content, Buffer.alloc(padding(content.length)), TAR_END])
  try {
    await new ContainerArchiveApi(engine.connection).copyTo({ container: id, directory: '/', archive })
  } catch (error) {
    const reason = `copying config.json into container failed: ${describeError(error)}`
    throw new Error(`injecting docker config.json into container failed: ${reason}`, { cause: error })
  }
}
