import type { Cli } from '../../cli/cli.ts'
import type { ConfigReference, ServiceSpec } from '../../domain/service/service.ts'
import { containerOf, taskOf } from '../../domain/service/service.ts'
import { checkRatios } from '../../flags/service/common.ts'
import type { ServiceCreateFlags } from '../../flags/service/create.ts'
import { nodesAuth, pinImage, tagImage } from './image.ts'
import { configsOf, networksOf, secretsOf, withConfigId } from './references.ts'

/**
 * Looks up what a new service refers to by name, and creates it.
 * @param spec as `createServiceSpec` makes it; it is completed
 * @returns the service's id
 * @throws EngineError, ConnectionError, Error in docker's words
 */
export async function createService(spec: ServiceSpec, flags: ServiceCreateFlags, cli: Cli): Promise<string> {
  const { configs, secrets, services } = cli.engine
  const container = containerOf(spec)
  const networks = await networksOf(flags.network, services)
  if (networks.length > 0) taskOf(spec).Networks = networks
  const shown = await secretsOf(flags.secret, secrets)
  if (shown.length > 0) container.Secrets = shown
  useConfigs(spec, await configsOf(flags.config, flags['credential-spec']?.Config ?? '', configs))
  const auth = flags['with-registry-auth'] ? await nodesAuth(spec, cli) : ''
  tagImage(spec)
  const pinning = flags['no-resolve-image'] ? '' : await pinImage(spec, auth, services)
  checkRatios(spec)
  const { id, warnings } = await services.create(spec, auth)
  for (const warning of [...warnings, ...(pinning === '' ? [] : [pinning])]) cli.err.write(`${warning}\n`)
  return id
}

function useConfigs(spec: ServiceSpec, configs: ConfigReference[]): void {
  const container = containerOf(spec)
  if (configs.length > 0) container.Configs = configs
  const credentials = container.Privileges?.CredentialSpec
  if (container.Privileges && credentials) container.Privileges.CredentialSpec = withConfigId(credentials, configs)
}
