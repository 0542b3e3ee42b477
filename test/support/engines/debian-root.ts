import { cached } from './cache.ts'
import { command } from './command.ts'
import { needRoot, needTools } from './packages.ts'

type Suite = 'trixie' | 'sid'

/** Where Debian's packages are downloaded from: `$DEBIAN_MIRROR`, else Debian's own server. */
export const DEBIAN_MIRROR = process.env.DEBIAN_MIRROR || 'http://deb.debian.org/debian'

/**
 * Installs a minimal Debian with `packages` in `directory`. Its mounts end with the namespace that debootstrap runs in.
 */
async function bootstrap(suite: Suite, packages: readonly string[], directory: string): Promise<void> {
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private']
  const include = `--include=${packages.join(',')}`
  await command('setpriv', [
    ...['--pdeathsig', 'KILL', '--', 'unshare', ...namespaces, '--'],
    ...['debootstrap', '--variant=minbase', include],
    ...[suite, directory, DEBIAN_MIRROR, '/usr/share/debootstrap/scripts/sid'],
  ])
  await command('rm', ['-rf', `${directory}/var/cache/apt`, `${directory}/var/lib/apt/lists`, `${directory}/var/log`])
  await command('mkdir', [
    '-p',
    `${directory}/var/cache/apt/archives`,
    `${directory}/var/lib/apt/lists`,
    `${directory}/var/log`,
  ])
}

/** Returns the directory of a cached root file system of `suite` in which an engine can run. */
export async function engineRoot(
  suite: 'trixie' | 'sid',
  packages: readonly string[],
  note: (text: string) => void,
): Promise<string> {
  needRoot(`an engine from Debian ${suite}`)
  // The name contains a digest of the packages, so a change of them creates a new root.
  const name = [suite, ...packages].join('-')
  return cached(name, async (directory) => {
    await needTools(['debootstrap'], note)
    note(`making a Debian ${suite} root with ${packages.join(', ')} (once, about a minute)`)
    await bootstrap(suite, ['ca-certificates', ...packages], directory)
  })
}
