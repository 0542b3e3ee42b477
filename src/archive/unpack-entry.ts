import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { runProgram } from '../programs/programs.ts'
import { type BytePath, displayPath, systemPath } from './byte-path.ts'
import { directoryPath } from './go-path.ts'
import type { ReadEntry, ReadFile } from './tar-reader.ts'

/** Directories that an archive implies and does not describe. */
const IMPLIED_MODE = 0o755

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants

/**
 * Makes a directory, or gives the one that is there the archive's mode.
 * @throws Error in Go's words
 */
export function makeDirectory(path: BytePath, entry: ReadEntry | undefined, isPresent: boolean): void {
  const mode = entry?.mode ?? IMPLIED_MODE
  attempt('mkdir', path, () => {
    if (!isPresent) mkdirSync(systemPath(path), mode)
  })
  if (entry) attempt('chmod', path, () => chmodSync(systemPath(path), mode))
}

/** Gives a directory the archive's time. */
export function setDirectoryTime(path: BytePath, entry: ReadEntry): void {
  const time = timeOf(entry)
  attempt('chtimes', path, () => utimesSync(systemPath(path), time, time))
}

/**
 * Makes anything but a directory. What is there gives way only to what is whole: a copy that breaks off leaves it alone.
 * @throws Error in docker's words where it has some
 */
export async function makeEntry(path: BytePath, file: ReadFile, isPresent: boolean): Promise<void> {
  const made = isPresent ? temporaryBeside(path) : path
  try {
    await make(made, path, file)
    if (made !== path) attempt('rename', path, () => renameSync(systemPath(made), systemPath(path)))
  } catch (error) {
    if (codeOf(error instanceof Error ? error.cause : error) !== 'EEXIST') rmSync(systemPath(made), { force: true })
    throw error
  }
}

async function make(made: BytePath, path: BytePath, { entry, content }: ReadFile): Promise<void> {
  const { type, typeFlag, linkName, mode } = entry
  const time = timeOf(entry)
  switch (type) {
    case 'file':
      return makeFile(made, path, entry, content())
    case 'symlink':
      attempt(`symlink ${displayPath(linkName)}`, path, () => symlinkSync(systemPath(linkName), systemPath(made)))
      return attempt('lchtimes', path, () => lutimesSync(systemPath(made), time, time))
    case 'link':
      return attempt(`link ${displayPath(linkName)}`, path, () => linkSync(systemPath(linkName), systemPath(made)))
    case 'fifo':
      makeFifo(made, path)
      attempt('chmod', path, () => chmodSync(systemPath(made), mode))
      return attempt('chtimes', path, () => utimesSync(systemPath(made), time, time))
    case 'char':
    case 'block':
      throw new Error(`mknod ${displayPath(path)}: device nodes are not copied out of containers`)
    default:
      throw new Error(`unhandled tar header type ${typeFlag}`)
  }
}

async function makeFile(made: BytePath, path: BytePath, entry: ReadEntry, content: AsyncIterable<Buffer>) {
  const { mode } = entry
  const time = timeOf(entry)
  const flags = O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY
  const fd = attempt('open', path, () => openSync(systemPath(made), flags, mode & 0o777))
  try {
    for await (const piece of content) attempt('write', path, () => writeAll(fd, piece))
    attempt('chmod', path, () => fchmodSync(fd, mode))
    attempt('chtimes', path, () => futimesSync(fd, time, time))
  } finally {
    closeSync(fd)
  }
}

/** docker takes what is older than 1970 for 1970. */
function timeOf({ mtime }: ReadEntry): number {
  return Math.max(0, mtime)
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

/** Node has no call for it. */
function makeFifo(made: BytePath, path: BytePath): void {
  const { status, stderr, error } = runProgram('mkfifo', ['-m', '600', displayPath(made)])
  const reason = error ? error.message : stderr.trim()
  if (status !== 0) throw new Error(`mkfifo ${displayPath(path)}: ${reason}`)
}

function temporaryBeside(path: BytePath): BytePath {
  const directory = directoryPath(path)
  return `${directory === '/' ? '' : directory}/.tug-${randomBytes(8).toString('hex')}`
}

/** Does a system call, and says of a failure what Go says. */
function attempt<T>(operation: string, path: BytePath, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw new Error(pathErrorText(operation, displayPath(path), error), { cause: error })
  }
}
