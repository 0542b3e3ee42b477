import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bridgeNames, removeBridge } from './bridge.ts'
import { command } from './command.ts'
import { removeControlGroups } from './control-groups.ts'
import { isAlive, ownIdentity } from './identity.ts'
import { removePodmanTraces } from './podman-traces.ts'

/** Not TMPDIR: whatever that is, the next one must find what a killed process left. */
export const WORKSPACES = '/tmp'
const PREFIX = 'tug.'

/**
 * A directory that holds everything one process makes. Its name tells who made it, and all that lies outside of it
 * (bridges, control groups) is named after it, so that what a killed process left behind can be found and removed by
 * the next one.
 */
export interface Workspace {
  readonly directory: string
  /** A name of at most 15 characters, unique on this machine: also that of the engine's bridge and control group. */
  readonly name: string
}

/** Opens a new workspace, after removing those whose process is gone. */
export async function openWorkspace(): Promise<Workspace> {
  for (const entry of await readdir(WORKSPACES)) {
    const owner = entry.startsWith(PREFIX) ? /^\d+\.\d+/.exec(entry.slice(PREFIX.length))?.[0] : undefined
    if (owner === undefined || isAlive(owner)) continue
    // Another user's cannot be removed, and need not stop us.
    await removeWorkspace(workspaceAt(join(WORKSPACES, entry))).catch(() => undefined)
  }
  return workspaceAt(await mkdtemp(join(WORKSPACES, `${PREFIX}${ownIdentity()}.`)))
}

function workspaceAt(directory: string): Workspace {
  return { directory, name: `tug-${directory.slice(-6)}` }
}

/** Removes the workspace and what is named after it. Its processes must have ended (their mounts end with them). */
export async function removeWorkspace(workspace: Workspace): Promise<void> {
  await removePodmanTraces(workspace.directory)
  await removeBridges(workspace)
  await removeControlGroups(workspace.name)
  await command('rm', ['-rf', '--one-file-system', workspace.directory])
}

/** The engine's own bridge, and those of its networks, which its network database knows by id. */
async function removeBridges({ directory, name }: Workspace): Promise<void> {
  const database = join(directory, 'data/network/files/local-kv.db')
  const networks = existsSync(database) ? await readFile(database, 'latin1') : ''
  for (const bridge of await bridgeNames()) {
    const networkId = /^br-([0-9a-f]{12})$/.exec(bridge)?.[1]
    if (bridge === name || (networkId !== undefined && networks.includes(networkId))) await removeBridge(bridge)
  }
}
