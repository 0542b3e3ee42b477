import type { Cli } from '../../cli/cli.ts'
import type { NodeSpec, SwarmNode } from '../../domain/swarm/node.ts'

/**
 * Changes nodes one after the other, until one cannot be changed.
 * @param change what is asked of a node from now on; undefined leaves it as it is
 * @param done told of each that was changed, as it was typed
 * @throws EngineError, ConnectionError, what `change` throws
 */
export async function updateNodes(
  names: readonly string[],
  change: (node: SwarmNode) => NodeSpec | undefined,
  done: (name: string) => void,
  { engine }: Pick<Cli, 'engine'>,
): Promise<void> {
  for (const name of names) {
    const node = await engine.nodes.inspect(name)
    const spec = change(node)
    if (spec === undefined) continue
    await engine.nodes.update(node, spec)
    done(name)
  }
}

/**
 * Makes nodes managers or workers, and says so.
 * @throws EngineError ConnectionError
 */
export async function changeRole(names: readonly string[], role: 'manager' | 'worker', cli: Cli): Promise<void> {
  const { out } = cli
  const change = ({ ID = '', Spec }: SwarmNode): NodeSpec | undefined => {
    if (Spec?.Role !== role) return { Labels: null, ...Spec, Role: role }
    out.write(`Node ${ID} is already a ${role}.\n`)
    return undefined
  }
  const done = (name: string) => {
    out.write(role === 'manager' ? `Node ${name} promoted to a manager in the swarm.\n` : demoted(name))
  }
  await updateNodes(names, change, done, cli)
}

function demoted(name: string): string {
  return `Manager ${name} demoted in the swarm.\n`
}
