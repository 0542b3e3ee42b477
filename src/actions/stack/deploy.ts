// Creates or updates the objects of a stack.
import type { Cli } from '../../cli/cli.ts'
import { readFileUpTo } from '../../cli/io/read-file.ts'
import { describeError, EngineError, ExitStatus } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { isUserDefinedNetwork } from '../../domain/network/attachment.ts'
import { containerOf, type Service, type ServiceSpec, taskOf } from '../../domain/service/service.ts'
import type { Compose, StackFile } from '../../domain/stack/compose.ts'
import { IMAGE_LABEL, scopedName, stackFilter } from '../../domain/stack/names.ts'
import { stackNetworks, swarmFileOf } from '../../domain/stack/objects.ts'
import { credentialConfig, mountedFiles, translateService } from '../../domain/stack/service-spec.ts'
import type { SwarmFileSpec } from '../../domain/swarm/file.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { StackDeployFlags } from '../../flags/stack/deploy.ts'
import { addDefaultTag, pinImage, serviceRegistryAuth } from '../service/image.ts'
import { waitForService } from '../service/progress/follow.ts'
import { resolveConfigs, resolveSecrets } from '../service/references.ts'
import { READ_LIMITS } from '../swarm/secret-content.ts'
import { removeServices } from './objects.ts'

/**
 * Deploys a stack: creates what does not exist, and updates what does.
 * @throws EngineError, ConnectionError, ExitStatus with docker's message
 */
export async function deployStack(
  stack: string,
  compose: Compose,
  flags: StackDeployFlags,
  isDetachTyped: boolean,
  cli: Cli,
): Promise<void> {
  const resolveImage = await checkResolveImage(flags['resolve-image'], cli)
  if (flags.detach && !isDetachTyped) {
    cli.err.write(
      'Since --detach=false was not specified, tasks will be created in the background.\n' +
        'In a future release, --detach=false will become the default.\n',
    )
  }
  const { Swarm } = await cli.engine.system.info()
  if (!Swarm?.ControlAvailable) {
    throw new ExitStatus(
      1,
      'this node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again',
    )
  }
  if (flags.prune) await pruneServices(stack, compose, cli)
  await createNetworks(stack, compose, cli)
  await deployFiles('secret', stack, compose, cli)
  await deployFiles('config', stack, compose, cli)
  const specs = await translateServices(stack, compose, cli)
  const ids = await deployServices(stack, specs, { ...flags, 'resolve-image': resolveImage }, cli)
  if (!flags.detach) await waitForServices(ids, flags.quiet, cli)
}

/** Daemons before API version 1.30 do not know the digests of images. @throws ExitStatus for an unknown value */
async function checkResolveImage(typed: string, { engine }: Cli): Promise<string> {
  if (!['always', 'changed', 'never'].includes(typed)) {
    throw new ExitStatus(1, `Invalid option ${typed} for flag --resolve-image`)
  }
  return compareVersions(await engine.apiVersion(), '1.30') < 0 ? 'never' : typed
}

/** Removes the services of a stack that its files do not have. */
async function pruneServices(stack: string, { services }: Compose, cli: Cli): Promise<void> {
  let existing: readonly Service[] = []
  try {
    existing = await cli.engine.services.list(stackFilter(stack), false)
  } catch (error) {
    cli.err.write(`Failed to list services: ${describeError(error)}\n`)
  }
  const prefix = scopedName(stack, '')
  const isUnknown = ({ Spec: { Name: name = '' } = {} }: Service) =>
    !services.has(name.startsWith(prefix) ? name.slice(prefix.length) : name)
  await removeServices(existing.filter(isUnknown), cli)
}

async function createNetworks(stack: string, compose: Compose, cli: Cli): Promise<void> {
  const { networks } = cli.engine
  const { external, own } = stackNetworks(stack, compose)
  for (const name of external) if (isUserDefinedNetwork(name)) await checkExternalNetwork(name, cli)
  const existing = new Set((await networks.list(stackFilter(stack))).map(({ Name }) => Name))
  for (const body of own) {
    if (existing.has(body.Name)) continue
    cli.out.write(`Creating network ${body.Name}\n`)
    await named(`failed to create network ${body.Name}`, () => networks.create(body))
  }
}

/** @throws ExitStatus with docker's message if the network does not exist or is not one of the swarm */
async function checkExternalNetwork(name: string, { engine }: Cli): Promise<void> {
  let scope = ''
  try {
    scope = (await engine.networks.inspect(name)).Scope ?? ''
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
    throw new ExitStatus(
      1,
      `network ${goQuote(name)} is declared as external, but could not be found. You need to create a swarm-scoped network before the stack is deployed`,
    )
  }
  if (scope === 'swarm') return
  throw new ExitStatus(
    1,
    `network ${goQuote(name)} is declared as external, but it is not in the right scope: ${goQuote(scope)} instead of "swarm"`,
  )
}

/** Runs a request, and puts what failed before the reason. */
async function named<T>(failure: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    throw new ExitStatus(1, `${failure}: ${describeError(error)}`)
  }
}

/** Creates or updates the secrets or the configs of a stack, after reading the content of all. */
async function deployFiles(kind: 'secret' | 'config', stack: string, compose: Compose, cli: Cli): Promise<void> {
  const files = [...(kind === 'secret' ? compose.secrets : compose.configs)].filter(
    ([, { value }]) => !value.external.external,
  )
  const specs = files
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { value }]) => swarmFileOf(stack, name, value, contentOf(kind, value)))
  for (const spec of specs) await deployFile(kind, spec, cli)
}

/** Returns the content in base64; empty for a secret that a driver provides. @throws Error worded as Go words it */
function contentOf(kind: 'secret' | 'config', { driver, file }: StackFile): string {
  if (kind === 'secret' && driver !== '') return ''
  return Buffer.from(readFileUpTo(file, READ_LIMITS[kind])).toString('base64')
}

async function deployFile(kind: 'secret' | 'config', spec: SwarmFileSpec, cli: Cli): Promise<void> {
  const files = kind === 'secret' ? cli.engine.secrets : cli.engine.configs
  const name = spec.Name ?? ''
  try {
    const existing = await files.inspect(name)
    return await named(`failed to update ${kind} ${name}`, () => files.update(existing, spec))
  } catch (error) {
    if (!(error instanceof EngineError && error.isNotFound)) throw error
  }
  cli.out.write(`Creating ${kind} ${name}\n`)
  await named(`failed to create ${kind} ${name}`, () => files.create(spec))
}

/** Translates the services in the order of their names. @throws ExitStatus with docker's message */
async function translateServices(stack: string, compose: Compose, cli: Cli): Promise<Map<string, ServiceSpec>> {
  const specs = new Map<string, ServiceSpec>()
  for (const [name, { value: service }] of [...compose.services].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await named(`service ${name}`, async () => {
      const { secrets, configs } = cli.engine
      const secretFiles = mountedFiles(stack, service.secrets, compose.secrets, 'secret')
      const secretReferences = await resolveSecrets(secretFiles, secrets)
      const configFiles = mountedFiles(stack, service.configs, compose.configs, 'config')
      const runtimeConfig = credentialConfig(stack, service, compose)
      const configReferences = await resolveConfigs(configFiles, runtimeConfig, configs)
      // The order must not depend on the files, because another order would restart the service.
      const spec = translateService({
        stack,
        name,
        service,
        compose,
        secrets: secretReferences.toSorted((a, b) => compareNames(a.SecretName, b.SecretName)),
        configs: configReferences.toSorted((a, b) => compareNames(a.ConfigName, b.ConfigName)),
      })
      specs.set(scopedName(stack, name), spec)
    })
  }
  return specs
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** @returns the ids of the services */
async function deployServices(
  stack: string,
  specs: ReadonlyMap<string, ServiceSpec>,
  flags: StackDeployFlags,
  cli: Cli,
): Promise<string[]> {
  const existing = new Map(
    (await cli.engine.services.list(stackFilter(stack), false)).map((service) => [service.Spec?.Name ?? '', service]),
  )
  const ids: string[] = []
  for (const [name, spec] of specs) {
    const auth = flags['with-registry-auth'] ? await serviceRegistryAuth(spec, cli) : ''
    const service = existing.get(name)
    if (service) {
      cli.out.write(`Updating service ${name} (id: ${service.ID ?? ''})\n`)
      await named(`failed to update service ${name}`, () => updateService(service, spec, auth, flags, cli))
      ids.push(service.ID ?? '')
    } else {
      cli.out.write(`Creating service ${name}\n`)
      const pins = flags['resolve-image'] !== 'never'
      ids.push(await named(`failed to create service ${name}`, () => createService(spec, auth, pins, cli)))
    }
  }
  return ids
}

async function createService(spec: ServiceSpec, auth: string, pins: boolean, { engine }: Cli): Promise<string> {
  addDefaultTag(spec)
  if (pins) await pinImage(spec, auth, engine.services)
  return (await engine.services.create(spec, auth)).id
}

/** Updates a service. An image that has not changed keeps its digest, unless it is to be resolved again. */
async function updateService(
  service: Service,
  spec: ServiceSpec,
  auth: string,
  flags: StackDeployFlags,
  { engine, err }: Cli,
): Promise<void> {
  const current = service.Spec ?? {}
  const hasSameImage = containerOf(spec).Image === current.Labels?.[IMAGE_LABEL]
  const resolves = flags['resolve-image']
  const pins = resolves === 'always' || (resolves === 'changed' && !hasSameImage)
  if (!pins && hasSameImage) containerOf(spec).Image = current.TaskTemplate?.ContainerSpec?.Image ?? ''
  taskOf(spec).ForceUpdate = current.TaskTemplate?.ForceUpdate ?? 0
  addDefaultTag(spec)
  const pinWarning = pins ? await pinImage(spec, auth, engine.services) : ''
  const change = {
    id: service.ID ?? '',
    version: service.Version?.Index ?? 0,
    spec,
    auth,
    authFrom: '',
    isRollback: false,
  } as const
  const warnings = await engine.services.update(change)
  for (const warning of [...warnings, ...(pinWarning === '' ? [] : [pinWarning])]) err.write(`${warning}\n`)
}

/** Waits for one service after the other. A failure does not keep it from the next one. */
async function waitForServices(ids: readonly string[], isQuiet: boolean, cli: Cli): Promise<void> {
  const failures: string[] = []
  for (const id of ids) {
    try {
      await waitForService(id, isQuiet, cli)
    } catch (error) {
      failures.push(`${id}: ${describeError(error)}`)
    }
  }
  if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
}
