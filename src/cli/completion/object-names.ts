/** Names of the daemon's and the client's objects, as completion offers them. */

import { readContexts } from '../../config/context-store.ts'
import type { ContainerSummary } from '../../domain/container/container.ts'
import { withoutSlash } from '../../domain/container/name.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import { withFilter } from '../../domain/filter.ts'
import { textIn } from '../../domain/json.ts'
import { STACK_LABEL } from '../../domain/stack/names.ts'
import { groupByStack } from '../../domain/stack/stack.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import type { Cli } from '../cli.ts'
import type { Query } from './completion.ts'

type ContainerFilter = (container: ContainerSummary, query: Query) => boolean

/**
 * Lists the names of containers, including the names that links give them. Ids are added if
 * DOCKER_COMPLETION_SHOW_CONTAINER_IDS is `yes`.
 * @param all whether stopped containers are listed too
 */
export async function containerNames(
  query: Query,
  all: boolean,
  filter: ContainerFilter = () => true,
): Promise<string[]> {
  const { cli } = query
  const containers = await cli.engine.containers.list({ all, size: false, filters: {} })
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_CONTAINER_IDS === 'yes'
  return containers
    .filter((container) => filter(container, query))
    .flatMap(({ Id = '', Names }) => [...(hasIds ? [Id] : []), ...(Names ?? []).map(withoutSlash)])
}

export const isPaused: ContainerFilter = ({ State }) => State === 'paused'
export const isNotPaused: ContainerFilter = ({ State }) => State !== 'paused'

export function isStopped({ State }: ContainerSummary): boolean {
  return State === 'exited' || State === 'created'
}

/** Whether a container is connected to the network that was typed before it. */
export const isConnected: ContainerFilter = ({ NetworkSettings }, { args }) =>
  Object.keys(NetworkSettings?.Networks ?? {}).includes(args[0] ?? '')

export async function imageNames({ cli }: Query): Promise<string[]> {
  const images = await cli.engine.images.list({ all: false, manifests: false, filters: {} })
  return images.flatMap(({ RepoTags }) => RepoTags ?? [])
}

export async function networkNames({ cli }: Query): Promise<string[]> {
  return (await cli.engine.networks.list({})).map(({ Name = '' }) => Name)
}

/** Lists the names of services. Ids are added if DOCKER_COMPLETION_SHOW_SERVICE_IDS is `yes`. */
export async function serviceNames({ cli }: Query): Promise<string[]> {
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_SERVICE_IDS === 'yes'
  const services = await cli.engine.services.list({}, false)
  return services.flatMap(({ ID = '', Spec }) => [Spec?.Name ?? '', ...(hasIds ? [ID] : [])])
}

/** Lists the host names of nodes, and `self`. Ids are added if DOCKER_COMPLETION_SHOW_NODE_IDS is `yes`. */
export async function nodeNames({ cli }: Query): Promise<string[]> {
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_NODE_IDS === 'yes'
  const nodes = await cli.engine.nodes.list({})
  return [
    ...nodes.flatMap(({ ID = '', Description }) => [Description?.Hostname ?? '', ...(hasIds ? [ID] : [])]),
    'self',
  ]
}

export async function secretNames({ cli }: Query): Promise<string[]> {
  return (await cli.engine.secrets.list({})).map(({ Spec }) => Spec?.Name ?? '')
}

export async function configNames({ cli }: Query): Promise<string[]> {
  return (await cli.engine.configs.list({})).map(({ Spec }) => Spec?.Name ?? '')
}

export async function volumeNames({ cli }: Query): Promise<string[]> {
  return (await cli.engine.volumes.list({})).map(({ Name = '' }) => Name)
}

/** Lists the names of the engine's plugins. @param isEnabled selects those that are enabled, or those that are not */
export async function pluginNames({ cli }: Query, isEnabled?: boolean): Promise<string[]> {
  const plugins = await new PluginApi(cli.engine.connection).list({})
  return plugins
    .filter(({ Enabled = false }) => isEnabled === undefined || Enabled === isEnabled)
    .map(({ Name = '' }) => Name)
}

export function contextNames({ cli }: Query): string[] {
  return [...readContexts(cli.config.dir).map(({ meta }) => textIn(meta, 'Name')), DEFAULT_CONTEXT]
}

/** Returns the daemon's `info`, or undefined where it cannot be had. */
export function daemonInfo({ engine }: Cli) {
  return engine.system.info().catch(() => undefined)
}

/** Lists the names of stacks. */
export async function stackNames({ cli }: Query): Promise<string[]> {
  const services = await cli.engine.services.list(withFilter({}, 'label', STACK_LABEL), false)
  return groupByStack(services).map(({ name }) => name)
}
