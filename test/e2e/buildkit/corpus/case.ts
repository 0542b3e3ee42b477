import { chmod, lutimes, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A build in a separate directory. */
export interface BuildCase {
  readonly name: string
  /** The files of the context, by path. */
  readonly files: Readonly<Record<string, string>>
  /** A shell script that adds links, modes and the like. */
  readonly before?: string
  /**
   * The arguments after `tug build --no-cache --iidfile …`, by default `.`. `<server>` is the URL of a web server,
   * `<host>` its host and port.
   */
  readonly args?: string
  /** A command whose output is the build's stdin. */
  readonly stdin?: string
  /** Environment variables of the program: `A=1 B=2`. */
  readonly env?: string
  /** A directory or file that is also compared after the build. */
  readonly result?: string
  /** The API versions of the engines that run this build. Others would pull a newer frontend from Docker Hub. */
  readonly engines?: readonly string[]
  /** Flags in front of `build`. */
  readonly globals?: string
}

/** The files that a web server serves to the daemon, by path. */
export const SERVED: Readonly<Record<string, string>> = {
  '/notes.txt': 'served\n',
  '/deep/remote.conf': 'key = value\n',
}

/** The time of every file in a context, which shows which files keep their time. */
export const FILE_TIME = new Date('2001-02-03T04:05:06Z')

export async function writeFiles(directory: string, files: BuildCase['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const full = join(directory, path)
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, text)
    await chmod(full, 0o644)
  }
}

/** Sets the same time on a directory and everything below it. */
export async function makeOld(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await makeOld(path)
    else await lutimes(path, FILE_TIME, FILE_TIME)
  }
  await lutimes(directory, FILE_TIME, FILE_TIME)
}
