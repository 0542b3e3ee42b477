import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { command } from './command.ts'
import { unpackPackages } from './debian-packages.ts'
import { needTools } from './packages.ts'

/** The parts of an image: a root file system in `directory`, and the process that it runs. */
export interface ImageSource {
  readonly directory: string
  readonly cmd: readonly string[]
  readonly env: readonly string[]
}

/** Options of tar that give all files to root, because an ordinary user may have made the image. */
export const ROOT_OWNER = ['--owner=0', '--group=0', '--numeric-owner'] as const

type Note = (text: string) => void

/** Creates a busybox image from Debian's static busybox, with a link for each applet. */
export async function makeBusybox(directory: string, note: Note): Promise<ImageSource> {
  await needTools(['busybox'], note)
  for (const name of ['bin', 'etc', 'root', 'tmp', 'var', 'usr'])
    await mkdir(join(directory, name), { recursive: true })
  const busybox = join(directory, 'bin/busybox')
  await command('cp', [await staticBusybox(note), busybox])
  for (const applet of (await command(busybox, ['--list'])).split('\n')) {
    if (applet !== 'busybox') await symlink('busybox', join(directory, 'bin', applet))
  }
  await writeAccounts(directory)
  await command('chmod', ['1777', join(directory, 'tmp')])
  return { directory, cmd: ['sh'], env: ['PATH=/bin'] }
}

/** Returns the path of Debian's static busybox. The dynamic one would not start in an image without libraries. */
async function staticBusybox(note: Note): Promise<string> {
  const isStatic = () =>
    command('ldd', ['/bin/busybox']).then(
      () => false,
      () => true,
    )
  if (!(await isStatic())) {
    note('installing busybox-static (apt-get)')
    await command('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'busybox-static'])
  }
  return '/bin/busybox'
}

/** What the python image runs, and its environment. */
export const PYTHON = {
  cmd: ['python3'],
  env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'],
} as const

/**
 * Creates an image for the tutorial's Dockerfile: Debian's python with Flask and redis, so that `pip install -r
 * requirements.txt` succeeds without a package index. Needs no root.
 */
export async function makePython(directory: string): Promise<ImageSource> {
  const shell = ['base-files', 'bash', 'coreutils', 'dash', 'findutils', 'grep', 'sed']
  await unpackPackages([...shell, 'python3', 'python3-flask', 'python3-redis', 'python3-pip'], directory)
  await symlink('python3', join(directory, 'usr/bin/python'))
  // Debian refuses a system-wide `pip install` while this file exists; docker's python images have no such rule.
  await command('sh', ['-c', 'rm -f "$1"/usr/lib/python3*/EXTERNALLY-MANAGED', 'sh', directory])
  await writeFile(
    join(directory, 'etc/pip.conf'),
    '[global]\nno-index = true\ndisable-pip-version-check = true\nroot-user-action = ignore\n',
  )
  await command('sh', [
    '-c',
    'cd "$1" && rm -rf usr/share/doc usr/share/man usr/share/locale usr/lib/*/gconv',
    'sh',
    directory,
  ])
  await compileModules(directory)
  await writeAccounts(directory)
  return { directory, ...PYTHON }
}

/**
 * Lets the image's Python compile the modules that the tutorial's app and pip load, as the packages' installation scripts
 * would. Without that, each container compiles them anew, which is two thirds of the time of `pip install`. The loader is
 * called by its path, because changing the root directory needs root. Where files cannot be executed, as on a file system
 * that is mounted with noexec, the containers compile the modules.
 */
async function compileModules(directory: string): Promise<void> {
  const modules = 'flask, redis, pip._internal.cli.main, pip._internal.commands.install'
  const script = `
    for loader in "$1"/lib*/ld-linux*.so.*; do break; done
    exec env -i PYTHONHOME="$1/usr" "$loader" --library-path "$(echo "$1"/usr/lib/*-linux-gnu*)" "$1/usr/bin/python3" -c "import $2"`
  await command('sh', ['-ec', script, 'sh', directory, modules]).catch(() => undefined)
}

/** Writes the users and groups that a container needs. */
async function writeAccounts(directory: string): Promise<void> {
  await writeFile(
    join(directory, 'etc/passwd'),
    'root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n',
  )
  await writeFile(join(directory, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n')
}
