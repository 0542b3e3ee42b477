/** What swarm commands print about joining a swarm and unlocking its managers. */
import type { Cli } from '../../cli/cli.ts'
import { describeError } from '../../domain/errors.ts'

/** The role of nodes that join with a token. */
export type JoinRole = 'worker' | 'manager'

/** Prints the command to join the swarm. Scripts parse the token from it. @throws EngineError, ConnectionError */
export async function printJoinCommand(nodeId: string, role: JoinRole, { engine, out }: Cli): Promise<void> {
  const { ManagerStatus } = await engine.nodes.inspect(nodeId)
  const { JoinTokens = {} } = await engine.swarm.inspect()
  if (!ManagerStatus) return
  const token = (role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager) ?? ''
  out.write(
    `To add a ${role} to this swarm, run the following command:\n\n` +
      `    docker swarm join --token ${token} ${ManagerStatus.Addr ?? ''}\n\n`,
  )
}

/** Prints how to unlock a manager; nothing if there is no key. */
export function printUnlockKey(key: string, { out }: Pick<Cli, 'out'>): void {
  if (key === '') return
  out.write(
    'To unlock a swarm manager after it restarts, run the `docker swarm unlock`\n' +
      `command and provide the following key:\n\n    ${key}\n\n` +
      'Remember to store this key in a password manager, since without it you\n' +
      'will not be able to restart the manager.\n',
  )
}

/** Returns the key that unlocks managers. @throws Error with docker's message */
export async function fetchUnlockKey({ engine }: Pick<Cli, 'engine'>): Promise<string> {
  try {
    return await engine.swarm.unlockKey()
  } catch (error) {
    throw new Error(`could not fetch unlock key: ${describeError(error)}`, { cause: error })
  }
}
