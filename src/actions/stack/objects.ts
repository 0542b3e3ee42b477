// Finds and removes the objects of a stack.
import type { Cli } from '../../cli/cli.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import type { NetworkSummary } from '../../domain/network/network.ts'
import type { Service } from '../../domain/service/service.ts'
import { stackFilter } from '../../domain/stack/names.ts'
import type { SwarmFile } from '../../domain/swarm/file.ts'
import { compareVersions } from '../../domain/system/api-version.ts'

/** Everything that belongs to a stack. */
interface StackObjects {
  readonly services: readonly Service[]
  readonly networks: readonly NetworkSummary[]
  readonly secrets: readonly SwarmFile[]
  readonly configs: readonly SwarmFile[]
}

/** @throws EngineError, ConnectionError */
async function findObjects(stack: string, { engine }: Cli): Promise<StackObjects> {
  const filters = stackFilter(stack)
  const services = await engine.services.list(filters, false)
  const networks = await engine.networks.list(filters)
  const version = await engine.apiVersion()
  const secrets = compareVersions(version, '1.25') >= 0 ? await engine.secrets.list(filters) : []
  const configs = compareVersions(version, '1.30') >= 0 ? await engine.configs.list(filters) : []
  return { services, networks, secrets, configs }
}

/**
 * Removes stacks. What cannot be removed does not keep the rest from being removed.
 * @param waits whether to wait until the tasks of the services have ended
 * @throws EngineError, ConnectionError; ExitStatus with docker's message if something could not be removed
 */
export async function removeStacks(names: readonly string[], waits: boolean, cli: Cli): Promise<void> {
  const failures: string[] = []
  for (const stack of names) {
    const objects = await findObjects(stack, cli)
    if (Object.values(objects).every(({ length }) => length === 0)) {
      cli.err.write(`Nothing found in stack: ${stack}\n`)
      continue
    }
    if (!(await removeObjects(objects, cli))) failures.push(`failed to remove some resources from stack: ${stack}`)
    else if (waits) {
      try {
        await waitForTasks(stack, cli)
      } catch (error) {
        failures.push(`failed to wait on tasks of stack: ${stack}: failed to get tasks: ${describeError(error)}`)
      }
    }
  }
  if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
}

/** @returns whether everything was removed */
async function removeObjects({ services, networks, secrets, configs }: StackObjects, cli: Cli): Promise<boolean> {
  const { engine } = cli
  const nameOf = ({ Spec }: SwarmFile) => Spec?.Name ?? ''
  const outcomes = [
    await removeServices(services, cli),
    await removeEach(
      'secret',
      secrets,
      nameOf,
      ({ ID = '' }) => ID,
      (id) => engine.secrets.remove(id),
      cli,
    ),
    await removeEach(
      'config',
      configs,
      nameOf,
      ({ ID = '' }) => ID,
      (id) => engine.configs.remove(id),
      cli,
    ),
    await removeEach(
      'network',
      networks,
      ({ Name = '' }) => Name,
      ({ Id = '' }) => Id,
      (id) => engine.networks.remove(id),
      cli,
    ),
  ]
  return outcomes.every(Boolean)
}

/** Removes services in the order of their names. @returns whether all were removed */
export async function removeServices(services: readonly Service[], cli: Cli): Promise<boolean> {
  const nameOf = ({ Spec }: Service) => Spec?.Name ?? ''
  const sorted = services.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  return removeEach(
    'service',
    sorted,
    nameOf,
    ({ ID = '' }) => ID,
    (id) => cli.engine.services.remove(id),
    cli,
  )
}

/** @returns whether all were removed */
async function removeEach<T>(
  kind: string,
  objects: readonly T[],
  nameOf: (object: T) => string,
  idOf: (object: T) => string,
  remove: (id: string) => Promise<void>,
  { out, err }: Cli,
): Promise<boolean> {
  let hasRemovedAll = true
  for (const object of objects) {
    out.write(`Removing ${kind} ${nameOf(object)}\n`)
    try {
      await remove(idOf(object))
    } catch (error) {
      hasRemovedAll = false
      // As in docker, no newline follows.
      err.write(`Failed to remove ${kind} ${idOf(object)}: ${describeError(error)}`)
    }
  }
  return hasRemovedAll
}

/** The states from which a task does not leave. */
const FINAL_STATES = new Set(['complete', 'shutdown', 'failed', 'rejected'])
const PAUSE_MS = 100

async function waitForTasks(stack: string, { engine }: Cli): Promise<void> {
  for (;;) {
    const tasks = await engine.tasks.list(stackFilter(stack))
    if (tasks.every(({ Status }) => FINAL_STATES.has(Status?.State ?? ''))) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
}
