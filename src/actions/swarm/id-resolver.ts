import type { Cli } from '../../cli/cli.ts'

/** Resolves the ids of swarm objects to names (docker/cli idresolver). */
export interface IdResolver {
  service(id: string): Promise<string>
  node(id: string): Promise<string>
}

/**
 * Creates a resolver that requests each name once, when it is needed. Objects that cannot be inspected keep their id.
 * @param isOff whether ids are not resolved, as with `--no-resolve`
 */
export function createIdResolver({ engine }: Pick<Cli, 'engine'>, isOff: boolean): IdResolver {
  const names = new Map<string, Promise<string>>()
  const once = (id: string, request: () => Promise<string>): Promise<string> => {
    if (isOff) return Promise.resolve(id)
    const name = names.get(id) ?? request().catch(() => id)
    names.set(id, name)
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
