/** Resolves the names of networks, secrets and configs that a service refers to. */
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

/** Resolves networks to their ids, and sorts them by id. @throws EngineError if a network does not exist */
export async function resolveNetworks(
  attachments: readonly NetworkAttachment[],
  services: ServiceApi,
): Promise<NetworkAttachmentConfig[]> {
  const networks: NetworkAttachmentConfig[] = []
  for (const attachment of attachments) networks.push(await resolveNetwork(attachment, services))
  return sortNetworks(networks)
}

/** Resolves a network to its id. @throws EngineError if it does not exist */
export async function resolveNetwork(
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

export function sortNetworks(networks: readonly NetworkAttachmentConfig[]): NetworkAttachmentConfig[] {
  return networks.toSorted(({ Target: a = '' }, { Target: b = '' }) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Resolves secrets to their ids. @throws Error with docker's message if a secret does not exist */
export async function resolveSecrets(files: readonly ServiceFile[], secrets: SwarmFileApi): Promise<SecretReference[]> {
  if (files.length === 0) return []
  refuseDuplicateTargets(files, 'secret')
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
 * Resolves configs to their ids: those mounted as files, and one that the runtime uses.
 * @param runtimeName the config of a credential spec; empty for none
 * @throws Error with docker's message if a config does not exist
 */
export async function resolveConfigs(
  files: readonly ServiceFile[],
  runtimeName: string,
  configs: SwarmFileApi,
): Promise<ConfigReference[]> {
  const runtimeNames = runtimeName === '' ? [] : [runtimeName]
  if (files.length + runtimeNames.length === 0) return []
  refuseDuplicateTargets(files, 'config')
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

/** Replaces the config's name in a credential spec by its id. */
export function withConfigId(credentials: CredentialSpec, configs: ContainerSpec['Configs']): CredentialSpec {
  if (credentials.Config === '') return credentials
  const config = configs?.find(({ ConfigName }) => ConfigName === credentials.Config)
  return config ? { ...credentials, Config: config.ConfigID } : credentials
}

function refuseDuplicateTargets(files: readonly ServiceFile[], kind: 'secret' | 'config'): void {
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
