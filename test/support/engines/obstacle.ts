import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { SYSTEM_PATH } from './command.ts'
import { findExecutable } from './packages.ts'

/** The bits of Linux's capabilities that a daemon and its containers need (linux/capability.h). */
const CAPABILITIES = { CAP_NET_ADMIN: 12, CAP_SYS_CHROOT: 18, CAP_SYS_ADMIN: 21, CAP_MKNOD: 27 } as const

/** The programs that start an engine. `apt-get` installs the ones that are missing. */
const TOOLS = ['dockerd', 'docker-registry', 'iptables', 'ip'] as const

/**
 * Says why this process cannot start private engines, without installing or starting anything.
 * @returns the reason, as the rest of a sentence that begins with `because`; undefined if it can
 */
export function engineObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'private engines run on Linux only'
  if (process.getuid?.() !== 0) return 'private engines need root'
  const missing = missingCapabilities(readFileSync('/proc/self/status', 'utf8'))
  if (missing.length > 0) return `root lacks ${missing.join(' and ')} here, as in a container without privileges`
  const namespaces = ['--mount', '--pid', '--fork', '--mount-proc', '--propagation', 'private', 'true']
  const { status, stderr } = spawnSync('unshare', namespaces, { encoding: 'utf8', env: { PATH: SYSTEM_PATH } })
  if (status !== 0) return `namespaces cannot be created here (${stderr?.trim() || 'unshare is missing'})`
  const tools = TOOLS.filter((tool) => findExecutable(tool) === undefined)
  if (tools.length > 0 && findExecutable('apt-get') === undefined) {
    return `${tools.join(', ')} are missing, which are only installed automatically on Debian`
  }
  return undefined
}

/** Lists the needed capabilities that are not effective. @param status the text of /proc/PID/status */
function missingCapabilities(status: string): string[] {
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`)
  return Object.entries(CAPABILITIES).flatMap(([name, bit]) => ((effective >> BigInt(bit)) & 1n ? [] : [name]))
}
