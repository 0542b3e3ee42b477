import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bridgeNames, removeBridge } from './bridge.ts'
import { removeControlGroups } from './control-groups.ts'
import { identityIn, isAlive, ownIdentity } from './identity.ts'
import { removePodmanTraces } from './podman-traces.ts'
import { removeTree } from './remove-tree.ts'

/** This is not TMPDIR, because a later process with another TMPDIR has to find the workspaces of killed processes. */
export const WORKSPACES = '/tmp'
const PREFIX = 'tug.'

/** The directory of a workspace in which an engine that keeps its data in memory has its network database. */
export const NETWORKS = 'networks'

/**
 * A directory for everything that one process creates. Its name contains the process's identity, and objects outside of
 * it (bridges, control groups) are named after it, so that the next process can find and remove what a killed one has
 * left.
 */
export interface Workspace {
  readonly directory: string
  /**
   * A name of at most 15 characters that is unique on this machine. The engine's bridge and control group have it too.
   */
  readonly name: string
}

/** Opens a new workspace, after removing those of processes that have ended. */
export async function openWorkspace(): Promise<Workspace> {
  for (const entry of await readdir(WORKSPACES)) {
    const owner = entry.startsWith(PREFIX) ? identityIn(entry.slice(PREFIX.length)) : undefined
    if (owner === undefined || isAlive(owner)) continue
    // A workspace of another user cannot be removed; that is not an error.
    await removeWorkspace(workspaceAt(join(WORKSPACES, entry))).catch(() => undefined)
  }
  return workspaceAt(await mkdtemp(join(WORKSPACES, `${PREFIX}${ownIdentity()}.`)))
}

function workspaceAt(directory: string): Workspace {
  return { directory, name: `tug-${directory.slice(-6)}` }
}

/**
 * Removes the workspace and what is named after it. Its processes must have ended, because their mounts end with them.
 */
export async function removeWorkspace(workspace: Workspace): Promise<void> {
  await removePodmanTraces(workspace.directory)
  await removeBridges(workspace)
  await removeControlGroups(workspace.name)
  await removeTree(workspace.directory)
}

/** Removes the engine's default bridge and those of its networks, whose ids are in its network database. */
async function removeBridges({ directory, name }: Workspace): Promise<void> {
  const databases = [NETWORKS, 'data/network'].map((parent) => join(directory, parent, 'files/local-kv.db'))
  const found = databases.find((database) => existsSync(database))
  const networks = found === undefined ? '' : await readFile(found, 'latin1')
  for (const bridge of await bridgeNames()) {
    const networkId = /^br-([0-9a-f]{12})$/.exec(bridge)?.[1]
    if (bridge === name || (networkId !== undefined && networks.includes(networkId))) await removeBridge(bridge)
  }
}
