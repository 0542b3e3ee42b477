import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'
import { command, SYSTEM_PATH } from './command.ts'
import { withLock } from './lock.ts'

/** The Debian package each tool comes from. */
const PACKAGE_OF = {
  dockerd: 'docker.io',
  iptables: 'iptables',
  ip: 'iproute2',
  'docker-registry': 'docker-registry',
  htpasswd: 'apache2-utils',
  debootstrap: 'debootstrap',
  busybox: 'busybox-static',
  hyperfine: 'hyperfine',
  openssl: 'openssl',
  gpg: 'gnupg',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
} as const

export type Tool = keyof typeof PACKAGE_OF

/** The absolute path of an executable on the (widened) PATH, or undefined. */
export function findExecutable(name: string): string | undefined {
  return SYSTEM_PATH.split(':')
    .map((directory) => join(directory, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/**
 * Makes sure that the tools are installed: through apt where this is Debian and we are root. Throws an `Error` that
 * says what to install where that is not possible.
 * @param note told before anything is installed
 */
export async function needTools(tools: readonly Tool[], note: (text: string) => void): Promise<void> {
  const isMissing = (tool: Tool) => findExecutable(tool) === undefined
  if (!tools.some(isMissing)) return
  await withLock('apt', async () => {
    const packages = tools.filter(isMissing).map((tool) => PACKAGE_OF[tool])
    if (packages.length === 0) return
    const names = packages.join(' ')
    if (process.getuid?.() !== 0 || findExecutable('apt-get') === undefined) {
      throw new Error(`missing tools: install the Debian packages ${names} (as root: apt-get install ${names})`)
    }
    note(`installing ${names} (apt-get)`)
    await command('apt-get', ['update', '-q'])
    await command('apt-get', [
      ...['install', '-q', '-y', '--no-install-recommends'],
      ...['-o', 'DPkg::Lock::Timeout=120', ...packages],
    ])
  })
}

/** Throws a clear sentence unless we may create mounts, bridges and containers. */
export function needRoot(what: string): void {
  if (process.getuid?.() === 0) return
  throw new Error(
    `${what} needs root. Run this as root; or install an engine (as root: apt-get install docker.io) that you may use, ` +
      'and name it in DOCKER_HOST',
  )
}
