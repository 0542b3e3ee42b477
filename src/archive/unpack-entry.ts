import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeSync,
} from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { runProgram } from '../programs/programs.ts'
import { type BytePath, displayPath, systemPath } from './byte-path.ts'
import type { OutputDirectory } from './output-tree.ts'
import type { ArchiveEntry, ArchiveFile } from './tar-reader.ts'

/** Of directories that an archive implies and does not describe. */
export const DEFAULT_DIRECTORY_MODE = 0o755

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

/** Where an entry is made. */
export interface EntryPlace {
  readonly directory: OutputDirectory
  readonly name: BytePath
  /** For messages. */
  readonly path: BytePath
}

/** The path of a hard link's target for one system call right now. */
export type LinkTarget = () => Buffer

/** @throws Error in Go's words */
export function createDirectory({ directory, name, path }: EntryPlace, mode: number): void {
  attempt('mkdir', path, () => mkdirSync(directory.at(name), mode))
}

/** Gives a directory the archive's mode. @throws Error in Go's words */
export function setDirectoryMode(directory: OutputDirectory, mode: number): void {
  attempt('chmod', directory.path, () => directory.setMode(mode))
}

/** Gives a directory the archive's time. @throws Error in Go's words */
export function setDirectoryTime(directory: OutputDirectory, entry: ArchiveEntry): void {
  attempt('chtimes', directory.path, () => directory.setTimes(timeOf(entry)))
}

/**
 * Makes anything but a directory. What is there gives way only to what is whole: a copy that breaks off leaves it alone.
 * @param link where the file is that a hard link is to name
 * @throws Error in docker's words where it has some
 */
export async function createEntry(
  place: EntryPlace,
  file: ArchiveFile,
  isPresent: boolean,
  link?: LinkTarget,
): Promise<void> {
  const { directory, name, path } = place
  const made = isPresent ? temporaryName() : name
  try {
    await make({ ...place, name: made }, file, link)
    if (made !== name) attempt('rename', path, () => renameSync(directory.at(made), directory.at(name)))
  } catch (error) {
    if (codeOf(error instanceof Error ? error.cause : error) !== 'EEXIST') rmSync(directory.at(made), { force: true })
    throw error
  }
}

async function make(place: EntryPlace, { entry, content }: ArchiveFile, link: LinkTarget | undefined): Promise<void> {
  const { directory, name, path } = place
  const { type, typeFlag, linkName } = entry
  const time = timeOf(entry)
  switch (type) {
    case 'file':
      return createFile(place, entry, content())
    case 'symlink':
      attempt(`symlink ${displayPath(linkName)}`, path, () => symlinkSync(systemPath(linkName), directory.at(name)))
      return attempt('lchtimes', path, () => lutimesSync(directory.at(name), time, time))
    case 'link':
      return attempt(`link ${displayPath(linkName)}`, path, () => {
        if (link) linkSync(link(), directory.at(name))
      })
    case 'fifo':
      return createFifo(place, entry)
    case 'char':
    case 'block':
      throw new Error(`mknod ${displayPath(path)}: device nodes are not copied out of containers`)
    default:
      throw new Error(`unhandled tar header type ${typeFlag}`)
  }
}

async function createFile({ directory, name, path }: EntryPlace, entry: ArchiveEntry, content: AsyncIterable<Buffer>) {
  const flags = O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY
  const fd = attempt('open', path, () => openSync(directory.at(name), flags, entry.mode & 0o777))
  try {
    for await (const piece of content) attempt('write', path, () => writeAll(fd, piece))
    describe(fd, path, entry)
  } finally {
    closeSync(fd)
  }
}

function describe(fd: number, path: BytePath, entry: ArchiveEntry): void {
  const time = timeOf(entry)
  attempt('chmod', path, () => fchmodSync(fd, entry.mode))
  attempt('chtimes', path, () => futimesSync(fd, time, time))
}

/** docker takes what is older than 1970 for 1970. */
function timeOf({ mtime }: ArchiveEntry): number {
  return Math.max(0, mtime)
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

/** Node has no call for it. The program gets a name of our own, because arguments cannot be any bytes. */
function createFifo({ directory, name, path }: EntryPlace, entry: ArchiveEntry): void {
  const made = temporaryName()
  const { status, stderr, error } = runProgram('mkfifo', ['-m', '600', made], { cwd: directory.workingDirectory })
  const reason = error ? error.message : stderr.trim()
  if (status !== 0) throw new Error(`mkfifo ${displayPath(path)}: ${reason}`)
  attempt('mkfifo', path, () => renameSync(directory.at(made), directory.at(name)))
  const fd = attempt('open', path, () => openSync(directory.at(name), O_NOFOLLOW | O_NONBLOCK | O_RDONLY))
  try {
    if (fstatSync(fd).isFIFO()) describe(fd, path, entry)
  } finally {
    closeSync(fd)
  }
}

function temporaryName(): BytePath {
  return `.tug-${randomBytes(8).toString('hex')}`
}

/** Does a system call, and says of a failure what Go says. */
export function attempt<T>(operation: string, path: BytePath, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw pathError(operation, path, error)
  }
}

/** An error with Go's words for a failed system call; `cause` is the system's own. */
export function pathError(operation: string, path: BytePath, error: unknown): Error {
  return new Error(pathErrorText(operation, displayPath(path), error), { cause: error })
}
