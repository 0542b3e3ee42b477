import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import {
  type ConfigReference,
  containerOf,
  NO_PRIVILEGES,
  type Service,
  type ServiceSpec,
  taskOf,
} from '../../domain/service/service.ts'
import { checkRatios } from '../../flags/service/common.ts'
import { setList } from '../../flags/service/edit.ts'
import type { UpdateCommandLine } from '../../flags/service/update.ts'
import { addDefaultTag, pinImage, serviceRegistryAuth } from './image.ts'
import { resolveConfigs, resolveNetwork, resolveSecrets, sortNetworks, withConfigId } from './references.ts'

/** The flags that may be combined with `--rollback`. */
const ROLLBACK_FLAGS = new Set(['rollback', 'detach', 'quiet'])

/**
 * Updates a service, after replacing the names of networks, secrets and configs in its spec by ids.
 * @param service the service before the update
 * @param spec the result of `updateServiceSpec`; it is modified
 * @throws EngineError, ConnectionError, Error with docker's message
 */
export async function updateService(
  service: Service,
  spec: ServiceSpec,
  line: UpdateCommandLine,
  cli: Cli,
): Promise<void> {
  const { flags, typedFlags } = line
  const { services } = cli.engine
  if (typedFlags.has('network-add') || typedFlags.has('network-rm')) await editNetworks(spec, line, cli)
  await editSecrets(spec, line, cli)
  await editConfigs(spec, line, cli)
  const auth = flags['with-registry-auth'] ? await serviceRegistryAuth(spec, cli) : ''
  addDefaultTag(spec)
  const isPinned = typedFlags.has('image') && !flags['no-resolve-image']
  const pinWarning = isPinned ? await pinImage(spec, auth, services) : ''
  checkRatios(spec)
  const warnings = await services.update({
    id: service.ID ?? '',
    version: service.Version?.Index ?? 0,
    spec,
    auth,
    authFrom: auth === '' ? 'spec' : '',
    isRollback: flags.rollback,
  })
  for (const warning of [...warnings, ...(pinWarning === '' ? [] : [pinWarning])]) cli.err.write(`${warning}\n`)
}

/** Refuses other flags together with `--rollback`. @throws ExitStatus with docker's message */
export function checkRollback({ flags, typedFlags }: UpdateCommandLine): void {
  if (!flags.rollback || [...typedFlags].every((name) => ROLLBACK_FLAGS.has(name))) return
  throw new ExitStatus(1, 'other flags may not be combined with --rollback')
}

async function editNetworks(spec: ServiceSpec, { flags }: UpdateCommandLine, { engine }: Cli): Promise<void> {
  const task = taskOf(spec)
  const current = task.Networks?.length ? task.Networks : (spec.Networks ?? [])
  delete spec.Networks
  const removed = new Set<string>()
  for (const name of new Set(flags['network-rm'])) removed.add((await engine.services.network(name)).id)
  const networks = current.filter(({ Target = '' }) => !removed.has(Target))
  for (const attachment of flags['network-add']) {
    const network = await resolveNetwork(attachment, engine.services)
    if (networks.some(({ Target }) => Target === network.Target)) {
      throw new Error(`service is already attached to network ${attachment.target}`)
    }
    networks.push(network)
  }
  setList(task, 'Networks', sortNetworks(networks))
}

async function editSecrets(spec: ServiceSpec, { flags }: UpdateCommandLine, { engine }: Cli): Promise<void> {
  const container = containerOf(spec)
  const remaining = (container.Secrets ?? []).filter(({ SecretName }) => !flags['secret-rm'].includes(SecretName))
  setList(container, 'Secrets', [...remaining, ...(await resolveSecrets(flags['secret-add'], engine.secrets))])
}

/** Edits the configs. The config of a credential spec stays as long as the credential spec does. */
async function editConfigs(spec: ServiceSpec, line: UpdateCommandLine, { engine }: Cli): Promise<void> {
  const { flags, typedFlags } = line
  const container = containerOf(spec)
  const typed = flags['credential-spec']
  const remaining = remainingConfigs(spec, line)
  const added = await resolveConfigs(flags['config-add'], typed?.Config ?? '', engine.configs)
  setList(container, 'Configs', [...remaining, ...added])
  if (!typedFlags.has('credential-spec')) return
  if (typed) {
    const credentials = withConfigId(typed, container.Configs)
    container.Privileges = { ...(container.Privileges ?? NO_PRIVILEGES), CredentialSpec: credentials }
  } else if (container.Privileges) container.Privileges.CredentialSpec = null
}

function remainingConfigs(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): ConfigReference[] {
  const { Configs, Privileges } = containerOf(spec)
  const name = flags['credential-spec']?.Config ?? ''
  const id = typedFlags.has('credential-spec') ? '' : (Privileges?.CredentialSpec?.Config ?? '')
  return (Configs ?? []).filter(({ Runtime, ConfigName, ConfigID }) =>
    Runtime ? ConfigName === name || ConfigID === id : !flags['config-rm'].includes(ConfigName),
  )
}
