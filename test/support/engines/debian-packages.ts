import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { command } from './command.ts'
import { DEBIAN_MIRROR } from './debian-root.ts'
import { findExecutable } from './packages.ts'

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'

/**
 * Unpacks `packages` of Debian bookworm and everything that they depend on in `directory`, without running their
 * installation scripts. Needs no root: apt-get works in a directory of its own.
 * @throws Error when this is not Debian or a package cannot be downloaded
 */
export async function unpackPackages(packages: readonly string[], directory: string): Promise<void> {
  if ([findExecutable('apt-get'), findExecutable('dpkg-deb')].includes(undefined) || !existsSync(KEYRING)) {
    throw new Error('the base image is made of Debian packages, which is possible on Debian only')
  }
  const work = await mkdtemp(join(tmpdir(), 'tug-packages-'))
  try {
    for (const name of ['state/lists/partial', 'cache/archives/partial', 'etc/apt.conf.d', 'etc/preferences.d']) {
      await mkdir(join(work, name), { recursive: true })
    }
    await writeFile(join(work, 'etc/sources.list'), `deb [signed-by=${KEYRING}] ${DEBIAN_MIRROR} bookworm main\n`)
    await writeFile(join(work, 'state/status'), '')
    const options = [
      ...[`Dir::State=${work}/state`, `Dir::State::status=${work}/state/status`, `Dir::Cache=${work}/cache`],
      ...[`Dir::Etc=${work}/etc`, 'APT::Sandbox::User=', 'Acquire::Languages=none', 'Acquire::Retries=3'],
    ].flatMap((option) => ['-o', option])
    await command('apt-get', [...options, '-qq', 'update'])
    const install = ['-qq', '-y', '--no-install-recommends', '--download-only', 'install', ...packages]
    await command('apt-get', [...options, ...install])
    await mergeDirectories(directory)
    const archives = join(work, 'cache/archives')
    for (const name of await readdir(archives)) {
      if (name.endsWith('.deb')) await unpack(join(archives, name), directory)
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Creates /bin, /sbin and /lib as links into /usr, as Debian's installer does. */
async function mergeDirectories(directory: string): Promise<void> {
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(directory, 'usr', name), { recursive: true })
    await symlink(`usr/${name}`, join(directory, name))
  }
}

/** The files belong to the current user, and directories that are links stay links. */
async function unpack(archive: string, directory: string): Promise<void> {
  const script = 'dpkg-deb --fsys-tarfile "$1" | tar -x --no-same-owner --keep-directory-symlink -C "$2"'
  await command('sh', ['-ec', script, 'sh', archive, directory])
}
