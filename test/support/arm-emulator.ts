import { existsSync } from 'node:fs'
import { command } from './engines/command.ts'
import { withLock } from './engines/lock.ts'
import { findExecutable } from './engines/packages.ts'

/** Where Debian's package libc6-arm64-cross has its files. */
const LIBRARIES = '/usr/aarch64-linux-gnu'

/** The beginning of a command line that runs an executable for arm64; a reason where this machine cannot. */
export type ArmEmulator = { readonly command: readonly [string, ...string[]] } | { readonly reason: string }

/** Finds an emulator for arm64, and installs it with apt-get where it is missing and may be installed. */
export async function findArmEmulator(): Promise<ArmEmulator> {
  const reason = 'needs the Debian packages qemu-user and libc6-arm64-cross'
  const find = () => {
    const qemu = findExecutable('qemu-aarch64')
    return qemu === undefined || !existsSync(LIBRARIES) ? undefined : ([qemu, '-L', LIBRARIES] as const)
  }
  if (find() === undefined && process.getuid?.() === 0 && findExecutable('apt-get') !== undefined) {
    const install = ['install', '-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120']
    await withLock('apt', async () => {
      await command('apt-get', ['update', '-q'])
      await command('apt-get', [...install, 'qemu-user', 'libc6-arm64-cross'])
    }).catch(() => {})
  }
  const found = find()
  return found === undefined ? { reason } : { command: found }
}
