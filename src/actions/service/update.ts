import type { Cli } from '../../cli/cli.ts'
import { ExitStatus } from '../../domain/errors.ts'
import {
  type ConfigReference,
  containerOf,
  type Service,
  type ServiceSpec,
  taskOf,
} from '../../domain/service/service.ts'
import { checkRatios, NO_PRIVILEGES } from '../../flags/service/common.ts'
import { setList } from '../../flags/service/edit.ts'
import type { UpdateCommandLine } from '../../flags/service/update.ts'
import { nodesAuth, pinImage, tagImage } from './image.ts'
import { configsOf, networkOf, secretsOf, sortedNetworks, withConfigId } from './references.ts'

/** What may be typed beside `--rollback`. */
const BESIDE_ROLLBACK = new Set(['rollback', 'detach', 'quiet'])

/**
 * Looks up what a changed service refers to by name, and updates it.
 * @param service as it was looked at
 * @param spec as `updateServiceSpec` makes it; it is completed
 * @throws EngineError, ConnectionError, Error in docker's words
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
  const auth = flags['with-registry-auth'] ? await nodesAuth(spec, cli) : ''
  tagImage(spec)
  const isPinned = typedFlags.has('image') && !flags['no-resolve-image']
  const pinning = isPinned ? await pinImage(spec, auth, services) : ''
  checkRatios(spec)
  const warnings = await services.update({
    id: service.ID ?? '',
    version: service.Version?.Index ?? 0,
    spec,
    auth,
    authFrom: auth === '' ? 'spec' : '',
    isRollback: flags.rollback,
  })
  for (const warning of [...warnings, ...(pinning === '' ? [] : [pinning])]) cli.err.write(`${warning}\n`)
}

/** @throws ExitStatus where a rollback is to do more than that */
export function checkRollback({ flags, typedFlags }: UpdateCommandLine): void {
  if (!flags.rollback || [...typedFlags].every((name) => BESIDE_ROLLBACK.has(name))) return
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
    const network = await networkOf(attachment, engine.services)
    if (networks.some(({ Target }) => Target === network.Target)) {
      throw new Error(`service is already attached to network ${attachment.target}`)
    }
    networks.push(network)
  }
  setList(task, 'Networks', sortedNetworks(networks))
}

async function editSecrets(spec: ServiceSpec, { flags }: UpdateCommandLine, { engine }: Cli): Promise<void> {
  const container = containerOf(spec)
  const kept = (container.Secrets ?? []).filter(({ SecretName }) => !flags['secret-rm'].includes(SecretName))
  setList(container, 'Secrets', [...kept, ...(await secretsOf(flags['secret-add'], engine.secrets))])
}

/** Configs, among them a credential spec's, which stays as long as the credential spec does. */
async function editConfigs(spec: ServiceSpec, line: UpdateCommandLine, { engine }: Cli): Promise<void> {
  const { flags, typedFlags } = line
  const container = containerOf(spec)
  const typed = flags['credential-spec']
  const kept = keptConfigs(spec, line)
  const added = await configsOf(flags['config-add'], typed?.Config ?? '', engine.configs)
  setList(container, 'Configs', [...kept, ...added])
  if (!typedFlags.has('credential-spec')) return
  if (typed) {
    const credentials = withConfigId(typed, container.Configs)
    container.Privileges = { ...(container.Privileges ?? NO_PRIVILEGES), CredentialSpec: credentials }
  } else if (container.Privileges) container.Privileges.CredentialSpec = null
}

function keptConfigs(spec: ServiceSpec, { flags, typedFlags }: UpdateCommandLine): ConfigReference[] {
  const { Configs, Privileges } = containerOf(spec)
  const name = flags['credential-spec']?.Config ?? ''
  const id = typedFlags.has('credential-spec') ? '' : (Privileges?.CredentialSpec?.Config ?? '')
  return (Configs ?? []).filter(({ Runtime, ConfigName, ConfigID }) =>
    Runtime ? ConfigName === name || ConfigID === id : !flags['config-rm'].includes(ConfigName),
  )
}
