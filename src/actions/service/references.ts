import { type Filters, withFilter } from '../../domain/filter.ts'
import { omitEmpty } from '../../domain/go/omit-empty.ts'
import type { NetworkAttachment } from '../../domain/network/attachment.ts'
import type { ServiceFile } from '../../domain/service/file.ts'
import type {
  ConfigReference,
  ContainerSpec,
  CredentialSpec,
  NetworkAttachmentConfig,
  SecretReference,
} from '../../domain/service/service.ts'
import type { ServiceApi } from '../../engine/api/services.ts'
import type { SwarmFileApi } from '../../engine/api/swarm-files.ts'

/** Networks by their ids, sorted by them. @throws EngineError where there is no such network */
export async function networksOf(
  attachments: readonly NetworkAttachment[],
  services: ServiceApi,
): Promise<NetworkAttachmentConfig[]> {
  const networks: NetworkAttachmentConfig[] = []
  for (const attachment of attachments) networks.push(await networkOf(attachment, services))
  return sortedNetworks(networks)
}

export async function networkOf(
  { target, aliases, driverOpts }: NetworkAttachment,
  services: ServiceApi,
): Promise<NetworkAttachmentConfig> {
  const hasOptions = Object.keys(driverOpts).length > 0
  return {
    Target: (await services.network(target)).id,
    ...omitEmpty({ Aliases: [...aliases] }),
    ...(hasOptions ? { DriverOpts: { ...driverOpts } } : {}),
  }
}

export function sortedNetworks(networks: readonly NetworkAttachmentConfig[]): NetworkAttachmentConfig[] {
  return networks.toSorted(({ Target: a = '' }, { Target: b = '' }) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Secrets by their ids. @throws Error in docker's words for one that the swarm has not got */
export async function secretsOf(files: readonly ServiceFile[], secrets: SwarmFileApi): Promise<SecretReference[]> {
  if (files.length === 0) return []
  refuseSameTarget(files, 'secret')
  const ids = await idsByName(
    files.map(({ source }) => source),
    secrets,
  )
  return files.map(({ source, target }) => ({
    File: target,
    SecretID: idOf(source, ids, 'secret'),
    SecretName: source,
  }))
}

/**
 * Configs by their ids: files, and one that is for the runtime.
 * @param runtimeName the name of a credential spec's config; empty for none
 * @throws Error in docker's words for one that the swarm has not got
 */
export async function configsOf(
  files: readonly ServiceFile[],
  runtimeName: string,
  configs: SwarmFileApi,
): Promise<ConfigReference[]> {
  const runtimeNames = runtimeName === '' ? [] : [runtimeName]
  if (files.length + runtimeNames.length === 0) return []
  refuseSameTarget(files, 'config')
  const names = [...files.map(({ source }) => source), ...runtimeNames]
  const ids = await idsByName(names, configs)
  return [
    ...files.map(({ source, target }) => ({
      File: target,
      ConfigID: idOf(source, ids, 'config'),
      ConfigName: source,
    })),
    ...runtimeNames.map((name) => ({ Runtime: {}, ConfigID: idOf(name, ids, 'config'), ConfigName: name })),
  ]
}

/** Puts a config's id in the place of its name in a credential spec. */
export function withConfigId(credentials: CredentialSpec, configs: ContainerSpec['Configs']): CredentialSpec {
  if (credentials.Config === '') return credentials
  const config = configs?.find(({ ConfigName }) => ConfigName === credentials.Config)
  return config ? { ...credentials, Config: config.ConfigID } : credentials
}

function refuseSameTarget(files: readonly ServiceFile[], kind: 'secret' | 'config'): void {
  const seen = new Set<string>()
  for (const { source, target } of files) {
    if (seen.has(target.Name)) throw new Error(`duplicate ${kind} target for ${source} not allowed`)
    seen.add(target.Name)
  }
}

async function idsByName(names: readonly string[], files: SwarmFileApi): Promise<ReadonlyMap<string, string>> {
  const filters = names.reduce((some: Filters, name) => withFilter(some, 'name', name), {})
  return new Map((await files.list(filters)).map(({ ID = '', Spec }) => [Spec?.Name ?? '', ID]))
}

function idOf(name: string, ids: ReadonlyMap<string, string>, kind: 'secret' | 'config'): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`${kind} not found: ${name}`)
  return id
}
