import type { Cli } from '../../cli/cli.ts'
import type { ConfigReference, ServiceSpec } from '../../domain/service/service.ts'
import { containerOf, taskOf } from '../../domain/service/service.ts'
import { checkRatios } from '../../flags/service/common.ts'
import type { ServiceCreateFlags } from '../../flags/service/create.ts'
import { addDefaultTag, pinImage, serviceRegistryAuth } from './image.ts'
import { resolveConfigs, resolveNetworks, resolveSecrets, withConfigId } from './references.ts'

/**
 * Creates a service, after replacing the names of networks, secrets and configs in its spec by ids.
 * @param spec the result of `createServiceSpec`; it is modified
 * @returns the service's id
 * @throws EngineError, ConnectionError, Error with docker's message
 */
export async function createService(spec: ServiceSpec, flags: ServiceCreateFlags, cli: Cli): Promise<string> {
  const { configs, secrets, services } = cli.engine
  const container = containerOf(spec)
  const networks = await resolveNetworks(flags.network, services)
  if (networks.length > 0) taskOf(spec).Networks = networks
  const secretReferences = await resolveSecrets(flags.secret, secrets)
  if (secretReferences.length > 0) container.Secrets = secretReferences
  setConfigs(spec, await resolveConfigs(flags.config, flags['credential-spec']?.Config ?? '', configs))
  const auth = flags['with-registry-auth'] ? await serviceRegistryAuth(spec, cli) : ''
  addDefaultTag(spec)
  const pinWarning = flags['no-resolve-image'] ? '' : await pinImage(spec, auth, services)
  checkRatios(spec)
  const { id, warnings } = await services.create(spec, auth)
  for (const warning of [...warnings, ...(pinWarning === '' ? [] : [pinWarning])]) cli.err.write(`${warning}\n`)
  return id
}

function setConfigs(spec: ServiceSpec, configs: ConfigReference[]): void {
  const container = containerOf(spec)
  if (configs.length > 0) container.Configs = configs
  const credentials = container.Privileges?.CredentialSpec
  if (container.Privileges && credentials) container.Privileges.CredentialSpec = withConfigId(credentials, configs)
}
