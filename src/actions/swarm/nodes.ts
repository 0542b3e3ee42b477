/** Finds and updates the nodes of a swarm. */
import type { Cli } from '../../cli/cli.ts'
import type { NodeSpec, SwarmNode } from '../../domain/swarm/node.ts'

/**
 * Returns the reference of a node for requests. `self` stands for the daemon's own node (docker/cli node.Reference).
 * @throws EngineError if the daemon is not a swarm manager, ConnectionError
 */
export async function nodeReference(typed: string, { engine }: Pick<Cli, 'engine'>): Promise<string> {
  if (typed !== 'self') return typed
  const { Swarm } = await engine.system.info()
  if (Swarm?.NodeID) return Swarm.NodeID
  // A daemon that is no manager refuses this request with a better message.
  await engine.nodes.list({})
  throw new Error('node ID not found in /info')
}

/** Returns a node by name, id or `self`. @throws EngineError, ConnectionError */
export async function findNode(typed: string, cli: Pick<Cli, 'engine'>): Promise<SwarmNode> {
  return cli.engine.nodes.inspect(await nodeReference(typed, cli))
}

/**
 * Updates nodes one after the other, and stops at the first error.
 * @param change returns the node's new spec; undefined to leave it unchanged
 * @param onUpdated is called with the name of each updated node, as typed
 * @throws EngineError, ConnectionError, and what `change` throws
 */
export async function updateNodes(
  names: readonly string[],
  change: (node: SwarmNode) => NodeSpec | undefined,
  onUpdated: (name: string) => void,
  { engine }: Pick<Cli, 'engine'>,
): Promise<void> {
  for (const name of names) {
    const node = await engine.nodes.inspect(name)
    const spec = change(node)
    if (spec === undefined) continue
    await engine.nodes.update(node, spec)
    onUpdated(name)
  }
}

/** Promotes nodes to managers or demotes them to workers, and prints the result. @throws EngineError, ConnectionError */
export async function changeRole(names: readonly string[], role: 'manager' | 'worker', cli: Cli): Promise<void> {
  const { out } = cli
  const change = ({ ID = '', Spec }: SwarmNode): NodeSpec | undefined => {
    if (Spec?.Role !== role) return { Labels: null, ...Spec, Role: role }
    out.write(`Node ${ID} is already a ${role}.\n`)
    return undefined
  }
  const printResult = (name: string) => {
    const isPromoted = role === 'manager'
    out.write(
      isPromoted ? `Node ${name} promoted to a manager in the swarm.\n` : `Manager ${name} demoted in the swarm.\n`,
    )
  }
  await updateNodes(names, change, printResult, cli)
}
