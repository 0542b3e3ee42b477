/** Where engines listen when they are not at docker's default socket. */

/** An engine's name and the path of its unix socket. */
export interface EngineSocket {
  readonly name: string
  readonly path: string
}

/**
 * Lists the sockets of engines that a user may run without root, in a virtual machine, or in docker's place, in the order
 * in which to try them. The paths are the defaults that each engine documents.
 * @param home the user's home directory
 * @param runtimeDirectory XDG_RUNTIME_DIR, normally /run/user/UID
 */
export function usualSockets(home: string, runtimeDirectory: string): readonly EngineSocket[] {
  return [
    { name: 'rootless Docker', path: `${runtimeDirectory}/docker.sock` },
    { name: 'Docker Desktop', path: `${home}/.docker/run/docker.sock` },
    { name: 'Docker Desktop', path: `${home}/.docker/desktop/docker.sock` },
    { name: 'Colima', path: `${home}/.colima/default/docker.sock` },
    { name: 'Colima', path: `${home}/.config/colima/default/docker.sock` },
    { name: 'Rancher Desktop', path: `${home}/.rd/docker.sock` },
    { name: 'OrbStack', path: `${home}/.orbstack/run/docker.sock` },
    { name: 'Lima', path: `${home}/.lima/docker/sock/docker.sock` },
    { name: 'Podman', path: `${runtimeDirectory}/podman/podman.sock` },
    { name: 'Podman', path: `${home}/.local/share/containers/podman/machine/podman.sock` },
    { name: 'Podman', path: '/run/podman/podman.sock' },
  ]
}
