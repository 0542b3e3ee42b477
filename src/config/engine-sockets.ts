/** Where engines listen when they are not at docker's default socket. */

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { homeDirectory } from './home-directory.ts'

/** An engine's unix socket. */
export interface EngineSocket {
  /** The engine's name, such as `Docker Desktop`. */
  readonly name: string
  readonly path: string
  /** The name of a context for it. */
  readonly context: string
}

/**
 * Returns the existing sockets of engines that a user may run without root, in a virtual machine, or in docker's place, in
 * the order in which to try them. The paths are the defaults that each engine documents.
 */
export function engineSockets(env: Readonly<Record<string, string | undefined>>): EngineSocket[] {
  const home = homeDirectory(env)
  const runtimeDirectory = env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.()}`
  const sockets: [name: string, path: string][] = [
    ['rootless Docker', `${runtimeDirectory}/docker.sock`],
    ['Docker Desktop', `${home}/.docker/run/docker.sock`],
    ['Docker Desktop', `${home}/.docker/desktop/docker.sock`],
    ...colimaSockets(env.COLIMA_HOME || `${home}/.colima`),
    ...colimaSockets(join(env.XDG_CONFIG_HOME || `${home}/.config`, 'colima')),
    ['Rancher Desktop', `${home}/.rd/docker.sock`],
    ['OrbStack', `${home}/.orbstack/run/docker.sock`],
    ['Lima', `${home}/.lima/docker/sock/docker.sock`],
    ['Podman', `${runtimeDirectory}/podman/podman.sock`],
    ['Podman', `${home}/.local/share/containers/podman/machine/podman.sock`],
    ['Podman', '/run/podman/podman.sock'],
  ]
  return sockets
    .filter(([, path]) => existsSync(path))
    .map(([name, path]) => ({ name, path, context: name.toLowerCase().replace(/[^\w.-]+/g, '-') }))
}

/** Returns the sockets of Colima's profiles, of which each has a directory. The default profile is the first. */
function colimaSockets(directory: string): [name: string, path: string][] {
  const profiles = listNames(directory).filter((name) => name !== 'default')
  return [
    ['Colima', join(directory, 'default/docker.sock')],
    ...profiles.sort().map((name): [string, string] => [`Colima ${name}`, join(directory, name, 'docker.sock')]),
  ]
}

function listNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
