import { chmod, lutimes, mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** A build as it is typed, in a directory of its own. */
export interface BuildCase {
  readonly name: string
  /** Text by path. */
  readonly files: Readonly<Record<string, string>>
  /** A shell script that adds what is no plain file. */
  readonly before?: string
  /** What is typed behind `tug build --no-cache --iidfile …`; by default `.`. `<server>` is a web server, `<host>` its host and port. */
  readonly args?: string
  /** What writes the build's stdin. */
  readonly stdin?: string
  /** Set for the program alone: `A=1 B=2`. */
  readonly env?: string
  /** A directory or file that is compared too when the build is over. */
  readonly result?: string
  /** API versions of the only engines that it is for; others would look for a newer frontend at Docker Hub. */
  readonly engines?: readonly string[]
  /** Flags in front of `build`. */
  readonly globals?: string
}

/** What files are served to the daemon, by path. */
export const SERVED: Readonly<Record<string, string>> = {
  '/notes.txt': 'served\n',
  '/deep/remote.conf': 'key = value\n',
}

/** The age of every file of a context, so that it shows whose time is kept. */
export const FILE_TIME = new Date('2001-02-03T04:05:06Z')

export async function writeFiles(directory: string, files: BuildCase['files']): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const full = join(directory, path)
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, text)
    await chmod(full, 0o644)
  }
}

/** Gives everything below a directory, and itself, the same time. */
export async function makeOld(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) await makeOld(path)
    else await lutimes(path, FILE_TIME, FILE_TIME)
  }
  await lutimes(directory, FILE_TIME, FILE_TIME)
}
