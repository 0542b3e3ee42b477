import type { Cli } from '../../cli/cli.ts'
import type { SwarmNode } from '../../domain/swarm/node.ts'

/**
 * What a node is asked for by: `self` stands for the daemon's own (docker/cli node.Reference).
 * @throws EngineError where the daemon is in no swarm, ConnectionError
 */
export async function nodeReference(typed: string, { engine }: Pick<Cli, 'engine'>): Promise<string> {
  if (typed !== 'self') return typed
  const { Swarm } = await engine.system.info()
  if (Swarm?.NodeID) return Swarm.NodeID
  // A daemon that is no manager says so better than we could.
  await engine.nodes.list({})
  throw new Error('node ID not found in /info')
}

/** A node by its name, its id or `self`. @throws EngineError ConnectionError */
export async function findNode(typed: string, cli: Pick<Cli, 'engine'>): Promise<SwarmNode> {
  return cli.engine.nodes.inspect(await nodeReference(typed, cli))
}
