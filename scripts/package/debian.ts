import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'

/** A file of a Debian package: its path without a leading slash, and its bytes. */
export interface PackagedFile {
  readonly path: string
  readonly contents: Uint8Array
  readonly mode: 0o644 | 0o755
}

export interface DebianPackage {
  readonly version: string
  readonly architecture: 'amd64' | 'arm64'
  readonly description: string
  /** The time of all files, so that the same sources make the same package. */
  readonly date: Date
  readonly files: readonly PackagedFile[]
  /** The package relationships: `libc6 (>= 2.17)`. */
  readonly depends: string
}

/**
 * Writes a Debian package (deb(5)): an ar archive with the version of the format, the control files and the data. It is
 * written here and not by dpkg-deb, so that it can be made on any system.
 */
export async function writeDebianPackage(file: string, debian: DebianPackage): Promise<void> {
  const { files, date } = debian
  const sums = files.map(({ path, contents }) => `${createHash('md5').update(contents).digest('hex')}  ${path}\n`)
  const control = await tarball(
    [
      { path: 'control', contents: Buffer.from(controlText(debian)), mode: 0o644 },
      { path: 'md5sums', contents: Buffer.from(sums.join('')), mode: 0o644 },
    ],
    date,
  )
  const members: [string, Uint8Array][] = [
    ['debian-binary', Buffer.from('2.0\n')],
    ['control.tar.gz', control],
    ['data.tar.gz', await tarball(files, date)],
  ]
  writeFileSync(file, ar(members, date))
}

function controlText({ version, architecture, description, files, depends }: DebianPackage): string {
  const bytes = files.reduce((sum, { contents }) => sum + contents.length, 0)
  return [
    'Package: tug',
    `Version: ${version}`,
    `Architecture: ${architecture}`,
    'Maintainer: The tug authors <tug@localhost>',
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    `Depends: ${depends}`,
    'Section: admin',
    'Priority: optional',
    `Description: ${description}`,
    '',
  ].join('\n')
}

/** Makes a compressed tar archive with the directories of its files. Everything belongs to root. */
async function tarball(files: readonly PackagedFile[], mtime: Date): Promise<Uint8Array> {
  const archive = pack()
  const directories = new Set<string>()
  for (const { path } of files) {
    const parts = path.split('/').slice(0, -1)
    parts.forEach((_, index) => void directories.add(`${parts.slice(0, index + 1).join('/')}/`))
  }
  archive.entry({ name: './', type: 'directory', mode: 0o755, mtime })
  for (const name of [...directories].sort())
    archive.entry({ name: `./${name}`, type: 'directory', mode: 0o755, mtime })
  for (const { path, contents, mode } of files) archive.entry({ name: `./${path}`, mode, mtime }, Buffer.from(contents))
  archive.finalize()
  return gzipSync(await buffer(archive), { level: 6 })
}

/** Makes an ar archive, whose numbers are texts in columns (ar(5)). */
function ar(members: readonly [name: string, contents: Uint8Array][], date: Date): Uint8Array {
  const time = String(Math.floor(date.getTime() / 1000))
  const parts = members.flatMap(([name, contents]) => {
    const columns = [name.padEnd(16), time.padEnd(12), '0'.padEnd(6), '0'.padEnd(6), '100644'.padEnd(8)]
    const header = `${columns.join('')}${String(contents.length).padEnd(10)}\`\n`
    // Every member begins at an even byte.
    return [Buffer.from(header), contents, Buffer.from(contents.length % 2 === 0 ? '' : '\n')]
  })
  return Buffer.concat([Buffer.from('!<arch>\n'), ...parts])
}

/** Returns the newest version of glibc whose symbols an executable uses: `2.17`. */
export function requiredGlibc(executable: string): string {
  const versions = readFileSync(executable)
    .toString('latin1')
    .matchAll(/GLIBC_2\.(\d+)/g)
  return `2.${Math.max(...Array.from(versions, ([, minor]) => Number(minor)))}`
}
