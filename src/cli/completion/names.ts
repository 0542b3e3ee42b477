import { textAt } from '../../config/config-file.ts'
import { readContexts } from '../../config/context-store.ts'
import type { ContainerSummary } from '../../domain/container/container.ts'
import { DEFAULT_CONTEXT } from '../../domain/context/name.ts'
import type { Cli } from '../cli.ts'
import { type Query, type Source, words } from './completion.ts'

type Which = (container: ContainerSummary, query: Query) => boolean

/** Names of containers, their links among them; ids too where DOCKER_COMPLETION_SHOW_CONTAINER_IDS says so. */
export async function containerNames(query: Query, all: boolean, which: Which = () => true): Promise<string[]> {
  const { cli } = query
  const found = await cli.engine.containers.list({ all, size: false, filters: {} })
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_CONTAINER_IDS === 'yes'
  return found
    .filter((container) => which(container, query))
    .flatMap(({ Id = '', Names }) => [...(hasIds ? [Id] : []), ...(Names ?? []).map((name) => name.replace(/^\//, ''))])
}

export const running = (which?: Which): Source => named((query) => containerNames(query, false, which))
export const allContainers = (which?: Which): Source => named((query) => containerNames(query, true, which))

export const isPaused = ({ State }: ContainerSummary) => State === 'paused'
export const isNotPaused = ({ State }: ContainerSummary) => State !== 'paused'
export const isStopped = ({ State }: ContainerSummary) => State === 'exited' || State === 'created'

/** Whether a container is on the network that was typed before it. */
export const isConnected: Which = ({ NetworkSettings }, { args }) =>
  Object.keys(NetworkSettings?.Networks ?? {}).includes(args[0] ?? '')

export async function imageNames({ cli }: Query): Promise<string[]> {
  const found = await cli.engine.images.list({ all: false, manifests: false, filters: {} })
  return found.flatMap(({ RepoTags }) => RepoTags ?? [])
}

export async function networkNames({ cli }: Query): Promise<string[]> {
  return (await cli.engine.networks.list({})).map(({ Name = '' }) => Name)
}

/** Names of services; ids too where DOCKER_COMPLETION_SHOW_SERVICE_IDS says so. */
export async function serviceNames({ cli }: Query): Promise<string[]> {
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_SERVICE_IDS === 'yes'
  const found = await cli.engine.services.list({}, false)
  return found.flatMap(({ ID = '', Spec }) => [Spec?.Name ?? '', ...(hasIds ? [ID] : [])])
}

/** Names of nodes, ids too where DOCKER_COMPLETION_SHOW_NODE_IDS says so, and the word for the one that is asked. */
export async function nodeNames({ cli }: Query): Promise<string[]> {
  const hasIds = cli.env.DOCKER_COMPLETION_SHOW_NODE_IDS === 'yes'
  const found = await cli.engine.nodes.list({})
  return [
    ...found.flatMap(({ ID = '', Description }) => [Description?.Hostname ?? '', ...(hasIds ? [ID] : [])]),
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

export function contextNames({ cli }: Query): string[] {
  return [...readContexts(cli.config.dir).map(({ meta }) => textAt(meta, 'Name')), DEFAULT_CONTEXT]
}

/** What the daemon says of itself; nothing where it cannot be asked. */
export function daemonInfo({ engine }: Cli) {
  return engine.system.info().catch(() => undefined)
}

/** A source of words without summaries. */
export function named(list: (query: Query) => readonly string[] | Promise<readonly string[]>): Source {
  return async (query) => words(await list(query))
}

/** Only for the first arguments. */
export function first(count: number, source: Source): Source {
  return (query) => (query.args.length < count ? source(query) : words([]))
}
