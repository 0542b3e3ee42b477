// Prepares everything that a recreate needs, before anything changes.
import type { Cli } from '../../../cli/cli.ts'
import { programName } from '../../../cli/program-name.ts'
import type { CreateBody } from '../../../domain/container/create-request.ts'
import type { ContainerInspection, Origin } from '../../../domain/container/inspected/inspection.ts'
import type { OriginalRequest } from '../../../domain/container/inspected/request.ts'
import { EngineError, ExitStatus } from '../../../domain/errors.ts'
import type { PullPolicy } from '../../../domain/image/pull-policy.ts'
import { familiarString, parseReference, withDefaultTag } from '../../../domain/image/reference.ts'
import { quoteShellWord } from '../../../domain/shell-words.ts'
import { InspectionApi } from '../../../engine/api/inspections.ts'
import type { ClientEnvironment } from '../../../flags/container/environment.ts'
import { pullImage } from '../../image/pull.ts'
import { NO_PROGRESS } from '../../image/transfer.ts'
import { withRegistryHint } from '../../registry/registry-hint.ts'
import { type ContainerLine, containerLine, lineRows } from './container-line.ts'
import type { OriginReader } from './origin.ts'
import { runLine } from './run-line.ts'
import { type Changes, changedRequest } from './target.ts'
import { type MountedVolume, mountedVolumes, withVolumes } from './volumes.ts'

/** A container that is to be recreated. */
export interface Plan {
  readonly origin: Origin
  readonly line: ContainerLine
  /** The request for the new container, as the command line says it. */
  readonly request: OriginalRequest
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
}

/** States in which a container is about to vanish. */
const VANISHING = ['removing', 'dead']

/** The daemon gives this label to the containers of swarm services. */
const SERVICE_LABEL = 'com.docker.swarm.service.name'

/** @throws ExitStatus for a container that cannot be recreated, Error with docker's reason for changes it does not accept */
export async function planRecreation(
  nameOrId: string,
  changes: Changes,
  client: ClientEnvironment,
  reader: OriginReader,
): Promise<Plan> {
  const origin = await reader.read(nameOrId)
  const line = await containerLine(origin, reader, { program: programName(), env: client.environment })
  const reason = reasonAgainst(origin.container)
  if (reason !== undefined) throw new ExitStatus(1, `${line.name} cannot be recreated, because ${reason}`)
  const platform = changes.flags.findLast(({ name }) => name === 'platform')?.value ?? line.platform
  const request = changedRequest(line, changes, client)
  const [missing] = await reader.missingContainers(request.body.HostConfig)
  if (missing !== undefined) {
    throw new ExitStatus(
      1,
      `${line.name} cannot be recreated, because it shares a namespace with the container ${missing}, which does not exist\nname another one with --network, --ipc or --pid`,
    )
  }
  return { origin, line, request, platform }
}

/**
 * Returns a plan that has the id of the container's image in place of a name that no image has anymore, so that nothing is
 * pulled for a change of other settings.
 */
export async function withPresentImage(plan: Plan, reader: OriginReader): Promise<Plan> {
  const { origin, request } = plan
  const { Image: id = '' } = origin.container
  const isNameless = origin.image !== undefined && (await reader.image(request.body.Image)) === undefined
  return isNameless ? { ...plan, request: { ...request, body: { ...request.body, Image: id } } } : plan
}

/** Returns why a container cannot be recreated; undefined if it can. */
function reasonAgainst({ State, Config }: ContainerInspection): string | undefined {
  const status = State?.Status ?? ''
  if (VANISHING.includes(status)) return `it is ${status}`
  const service = Config?.Labels?.[SERVICE_LABEL]
  if (service === undefined) return undefined
  const command = `${programName()} service update ${quoteShellWord(service)}`
  return `it is a task of the service ${service}, for which the swarm would start another one\nchange the service with: ${command}`
}

/** Returns the requests with the volumes of the old container: that for the new one, and that for the old one. */
export async function withOwnVolumes(
  { origin, line, request }: Plan,
  cli: Cli,
): Promise<{ readonly body: CreateBody; readonly original: OriginalRequest }> {
  const shared = await sharedVolumes(request.body.HostConfig.VolumesFrom ?? [], cli)
  const isOwn = ({ name, target }: MountedVolume) =>
    !shared.some((other) => other.name === name && other.target === target)
  const volumes = mountedVolumes(origin.container).filter(isOwn)
  return {
    body: withVolumes(request.body, line.body, volumes),
    original: { ...line, body: withVolumes(line.body, line.body, volumes) },
  }
}

/** Returns the volumes that come from the containers of `--volumes-from`. */
async function sharedVolumes(sources: readonly string[], { engine }: Cli): Promise<MountedVolume[]> {
  const api = new InspectionApi(engine.connection)
  const found = await Promise.all(
    sources.map(async (source) => mountedVolumes(await api.container(source.split(':')[0] ?? ''))),
  )
  return found.flat()
}

/** Pulls the image of the new container according to the policy. @throws EngineError, OperationError, ExitStatus */
export async function prepareImage(
  image: string,
  pull: { readonly policy: PullPolicy; readonly platform: string; readonly quiet: boolean },
  reader: OriginReader,
  cli: Cli,
): Promise<void> {
  const { policy, platform, quiet } = pull
  const isPresent = policy !== 'always' && (await reader.image(image)) !== undefined
  if (isPresent) return
  if (policy === 'never') throw new EngineError(`No such image: ${image}`, 404)
  const reference = withDefaultTag(parseReference(image))
  if (policy === 'missing' && !quiet) cli.err.write(`Unable to find image '${familiarString(reference)}' locally\n`)
  await withRegistryHint(reference.domain, () =>
    pullImage({ reference, allTags: false, platform }, quiet ? NO_PROGRESS : cli.err, cli),
  )
}

/** Returns the difference of the two command lines as a unified diff; no lines if there is none. */
export async function recreationDiff({ origin, line, request, platform }: Plan): Promise<string[]> {
  const { unifiedDiff } = await import('../../../domain/unified-diff.ts')
  const after = runLine(request.body, { ...line, platform }, origin.daemon.apiVersion)
  // A value may have several lines, each of which gets a mark of its own.
  const rows = (part: Parameters<typeof lineRows>[0]) =>
    lineRows(part).flatMap((words) => words.map(quoteShellWord).join(' ').split('\n'))
  return unifiedDiff(rows(line), rows(after), { before: line.name, after: `${line.name} (recreated)` })
}
