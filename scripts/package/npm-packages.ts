import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, globSync, linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from '../generate/package-facts.ts'
import { PLATFORMS, type Platform, platformPackageName } from './platforms.ts'

/** The members of the repository's package.json that the published one has, too. */
export interface PublishedFacts {
  readonly version: string
  readonly description: string
  readonly license: string
  readonly type: string
  readonly engines: Readonly<Record<string, string>>
  readonly oclif: object
}

/** The files of the main package beside the bundles in `dist`. */
const FILES = ['README.md', 'LICENSE', 'CHANGELOG.md', 'oclif.manifest.json', 'bin/tug.js']

/**
 * Packs the main package, which contains the Node form. It has no dependencies but the executables, which npm installs
 * where they fit, and one install script, which puts the executable in the place of the Node form.
 * @param directory where the package is staged; the repository's own package.json is only read
 * @param destination the directory of the tarball
 * @returns the name of the tarball
 */
export function packMain(facts: PublishedFacts, directory: string, destination: string): string {
  const { version, description, license, type, engines, oclif } = facts
  // npm installs only the man pages that package.json names one by one.
  const man = globSync('dist/man/*.1', { cwd: ROOT }).sort()
  for (const file of [...FILES, ...globSync('dist/**/*.js', { cwd: ROOT }), ...man]) copy(file, join(directory, file))
  copy('scripts/package/install.js', join(directory, 'install.js'))
  const optionalDependencies = Object.fromEntries(PLATFORMS.map((platform) => [platformPackageName(platform), version]))
  writePackageJson(directory, {
    ...{ name: 'tug', version, description, license, type },
    bin: { tug: 'bin/tug.js' },
    files: ['bin', 'dist', 'install.js', 'oclif.manifest.json', 'CHANGELOG.md'],
    man,
    engines,
    scripts: { postinstall: 'node install.js' },
    optionalDependencies,
    oclif,
  })
  return pack(directory, destination)
}

/** Packs the executable of a platform. @returns the name of the tarball */
export function packPlatform(
  platform: Platform,
  executable: string,
  { version, license }: PublishedFacts,
  directory: string,
  destination: string,
): string {
  mkdirSync(join(directory, 'bin'), { recursive: true })
  linkOrCopy(executable, join(directory, 'bin/tug'))
  chmodSync(join(directory, 'bin/tug'), 0o755)
  copy('LICENSE', join(directory, 'LICENSE'))
  const text = `# tug for ${platform.name}\n\nThe executable of tug for ${platform.name}. Install the package tug instead.\n`
  writeFileSync(join(directory, 'README.md'), text)
  writePackageJson(directory, {
    ...{ name: platformPackageName(platform), version, license },
    description: `The executable of tug for ${platform.name}`,
    files: ['bin'],
    os: [platform.os],
    cpu: [platform.cpu],
    // Bun's runtime needs glibc. With musl, npm installs nothing and the Node form stays.
    ...(platform.os === 'linux' ? { libc: ['glibc'] } : {}),
    preferUnplugged: true,
  })
  return pack(directory, destination)
}

function pack(directory: string, destination: string): string {
  const args = ['pack', '--silent', '--ignore-scripts', '--pack-destination', destination]
  return execFileSync('npm', args, { cwd: directory, encoding: 'utf8' }).trim()
}

function copy(file: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true })
  cpSync(join(ROOT, file), target)
}

/** Links an executable of over 100 MB instead of copying it, where both are on one file system. */
function linkOrCopy(file: string, target: string): void {
  try {
    linkSync(file, target)
  } catch {
    cpSync(file, target)
  }
}

function writePackageJson(directory: string, contents: object): void {
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(contents, undefined, 2)}\n`)
}
