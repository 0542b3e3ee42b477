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
  python3: 'python3',
  git: 'git',
  openssl: 'openssl',
  gpg: 'gnupg',
  groff: 'groff-base',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sshd: 'openssh-server',
} as const

export type Tool = keyof typeof PACKAGE_OF

/** Returns the absolute path of an executable on SYSTEM_PATH, or undefined. */
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
 * Installs the tools that are missing, with apt-get.
 * @param note called before anything is installed
 * @throws Error with the packages to install when this is not Debian or the user is not root
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

/** Checks that the user may create mounts, bridges and containers. @throws Error when the user is not root */
export function needRoot(what: string): void {
  if (process.getuid?.() === 0) return
  throw new Error(
    `${what} needs root. Run this as root; or install an engine (as root: apt-get install docker.io) that you may use, ` +
      'and name it in DOCKER_HOST',
  )
}
