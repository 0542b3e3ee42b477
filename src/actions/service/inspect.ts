import type { Cli } from '../../cli/cli.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import type { Service } from '../../domain/service/service.ts'
import { formatService } from '../../format/views/service/pretty.ts'

/** Returns a service with the swarm's defaults filled in. @throws ExitStatus with docker's message if there is none */
export async function findService(name: string, { engine }: Cli): Promise<{ kind: 'service'; json: string }> {
  try {
    return { kind: 'service', json: await engine.objects.inspect('service', name, { insertDefaults: true }) }
  } catch (error) {
    if (error instanceof EngineError && error.isNotFound) throw new ExitStatus(1, `Error: no such service: ${name}`)
    throw error
  }
}

/**
 * Prints services in a human-friendly format. If one of them does not exist, nothing is printed.
 * @throws EngineError, ConnectionError, ExitStatus with docker's message
 */
export async function printPrettyServices(names: readonly string[], cli: Cli): Promise<void> {
  let text = ''
  for (const name of names) {
    const service: Service = JSON.parse((await findService(name, cli)).json)
    text += formatService(service, await networkNames(service, cli), cli.now().getTime())
  }
  cli.out.write(text)
}

/** Maps the ids of a service's networks to names. Networks that cannot be inspected are omitted. */
async function networkNames({ Spec }: Service, { engine }: Cli): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const { Target = '' } of Spec?.TaskTemplate?.Networks ?? []) {
    const network = await engine.services.network(Target).catch(() => undefined)
    if (network) names.set(network.id, network.name)
  }
  return names
}
