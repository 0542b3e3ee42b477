import type { Cli } from '../../cli/cli.ts'

/** Names of a swarm's objects by their ids. */
export interface SwarmNames {
  service(id: string): Promise<string>
  node(id: string): Promise<string>
}

/**
 * Looks names up as they are needed, each once; what cannot be looked up goes by its id (docker/cli idresolver).
 * @param isOff whether ids are to stay ids, as with `--no-resolve`
 */
export function swarmNames({ engine }: Pick<Cli, 'engine'>, isOff: boolean): SwarmNames {
  const known = new Map<string, Promise<string>>()
  const once = (id: string, look: () => Promise<string>): Promise<string> => {
    if (isOff) return Promise.resolve(id)
    const name = known.get(id) ?? look().catch(() => id)
    known.set(id, name)
    return name
  }
  return {
    service: (id) =>
      once(id, async () => {
        const json = await engine.objects.inspect('service', id, { insertDefaults: false })
        const service: { readonly Spec?: { readonly Name?: string } } = JSON.parse(json)
        return service.Spec?.Name ?? ''
      }),
    node: (id) =>
      once(id, async () => {
        const { Spec, Description } = await engine.nodes.inspect(id)
        return Spec?.Name || Description?.Hostname || id
      }),
  }
}
