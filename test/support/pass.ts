import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { execa } from 'execa'
import { cached } from './engines/cache.ts'
import { command } from './engines/command.ts'
import { findExecutable, needTools } from './engines/packages.ts'

const PACKAGES = ['golang-docker-credential-helpers', 'pass']

/**
 * Returns the directory of `pass` and `docker-credential-pass` from Debian's packages. They are unpacked but not
 * installed, because docker and tug use a helper that is on PATH, and other tests keep credentials in config.json.
 * @throws Error when the packages cannot be downloaded
 */
export async function passPrograms(note: (text: string) => void): Promise<string> {
  await needTools(['gpg'], note)
  const directory = await cached('pass-1', async (unpacked) => {
    if (findExecutable('apt-get') === undefined || findExecutable('dpkg-deb') === undefined) {
      throw new Error(`no apt-get and dpkg-deb to fetch the Debian packages ${PACKAGES.join(' and ')} with`)
    }
    note(`fetching ${PACKAGES.join(' and ')} (apt-get)`)
    if (process.getuid?.() === 0) await command('apt-get', ['update', '-q'])
    await command('sh', ['-euc', 'cd "$1"; shift; apt-get download -q "$@"', 'sh', unpacked, ...PACKAGES])
    for (const archive of (await readdir(unpacked)).filter((name) => name.endsWith('.deb'))) {
      await command('dpkg-deb', ['-x', join(unpacked, archive), unpacked])
    }
  })
  return join(directory, 'usr/bin')
}

/**
 * Creates a password store with a key that needs no passphrase. Returns the environment variables that select it.
 * @param directory an empty directory with a short path, because the sockets of gpg-agent are in it
 */
export async function makePasswordStore(directory: string, programs: string): Promise<Record<string, string>> {
  const env = { GNUPGHOME: directory, PASSWORD_STORE_DIR: join(directory, 'store') }
  const run = (file: string, args: readonly string[]) => execa(file, args, { env, stdin: 'ignore' })
  await command('chmod', ['700', directory])
  const quietly = ['--batch', '--quiet', '--passphrase', '', '--pinentry-mode', 'loopback']
  await run('gpg', [...quietly, '--quick-generate-key', 'gordon@example.com', 'default', 'default', 'never'])
  await run(join(programs, 'pass'), ['init', 'gordon@example.com'])
  return env
}

/** Stops the gpg processes of a password store. */
export async function endPasswordStore(env: Readonly<Record<string, string>>): Promise<void> {
  await execa('gpgconf', ['--kill', 'all'], { env })
}
