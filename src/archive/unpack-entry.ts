/** Creates the entries of an archive. */
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
import { randomHex } from '../files/random-name.ts'
import { runProgram } from '../programs/programs.ts'
import { type BytePath, displayPath, systemPath } from './byte-path.ts'
import type { OutputDirectory } from './output-tree.ts'
import type { ArchiveEntry, ArchiveFile } from './tar-reader.ts'

/** The mode of directories for which the archive has no entry. */
export const DEFAULT_DIRECTORY_MODE = 0o755

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

/** The place where an entry is created. */
export interface EntryPlace {
  readonly directory: OutputDirectory
  readonly name: BytePath
  /** The path for messages. */
  readonly path: BytePath
}

/** Returns the path of a hard link's target for an immediate system call. */
export type LinkTarget = () => Buffer

/** Creates a directory. @throws Error with Go's message */
export function createDirectory({ directory, name, path }: EntryPlace, mode: number): void {
  attempt('mkdir', path, () => mkdirSync(directory.at(name), mode))
}

/** Sets the mode of a directory. @throws Error with Go's message */
export function setDirectoryMode(directory: OutputDirectory, mode: number): void {
  attempt('chmod', directory.path, () => directory.setMode(mode))
}

/** Sets the modification time of a directory. @throws Error with Go's message */
export function setDirectoryTime(directory: OutputDirectory, entry: ArchiveEntry): void {
  attempt('chtimes', directory.path, () => directory.setTimes(timeOf(entry)))
}

/**
 * Creates an entry of any type but a directory. An existing file is replaced only when the new one is complete, so that a
 * failed copy does not change it.
 * @param link the target of a hard link
 * @throws Error with docker's message, if it has one
 */
export async function createEntry(
  place: EntryPlace,
  file: ArchiveFile,
  replacesFile: boolean,
  link?: LinkTarget,
): Promise<void> {
  const { directory, name, path } = place
  const createdName = replacesFile ? temporaryName() : name
  try {
    await create({ ...place, name: createdName }, file, link)
    if (createdName !== name) attempt('rename', path, () => renameSync(directory.at(createdName), directory.at(name)))
  } catch (error) {
    if (codeOf(error instanceof Error ? error.cause : error) !== 'EEXIST')
      rmSync(directory.at(createdName), { force: true })
    throw error
  }
}

async function create(place: EntryPlace, { entry, content }: ArchiveFile, link: LinkTarget | undefined): Promise<void> {
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
    setAttributes(fd, path, entry)
  } finally {
    closeSync(fd)
  }
}

function setAttributes(fd: number, path: BytePath, entry: ArchiveEntry): void {
  const time = timeOf(entry)
  attempt('chmod', path, () => fchmodSync(fd, entry.mode))
  attempt('chtimes', path, () => futimesSync(fd, time, time))
}

/** Returns the modification time in seconds since 1970. Like docker, it raises earlier times to 1970. */
function timeOf({ mtime }: ArchiveEntry): number {
  return Math.max(0, mtime)
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done)
}

/**
 * Creates a named pipe with the program `mkfifo`, because Node has no function for it. It receives a temporary name, because
 * the bytes of an argument must be valid UTF-8.
 */
function createFifo({ directory, name, path }: EntryPlace, entry: ArchiveEntry): void {
  const createdName = temporaryName()
  const { status, stderr, error } = runProgram('mkfifo', ['-m', '600', createdName], {
    cwd: directory.workingDirectory,
  })
  const reason = error ? error.message : stderr.trim()
  if (status !== 0) throw new Error(`mkfifo ${displayPath(path)}: ${reason}`)
  attempt('mkfifo', path, () => renameSync(directory.at(createdName), directory.at(name)))
  const fd = attempt('open', path, () => openSync(directory.at(name), O_NOFOLLOW | O_NONBLOCK | O_RDONLY))
  try {
    if (fstatSync(fd).isFIFO()) setAttributes(fd, path, entry)
  } finally {
    closeSync(fd)
  }
}

function temporaryName(): BytePath {
  return `.tug-${randomHex(8)}`
}

/** Runs a system call. @throws Error with Go's message if it fails */
export function attempt<T>(operation: string, path: BytePath, call: () => T): T {
  try {
    return call()
  } catch (error) {
    throw pathError(operation, path, error)
  }
}

/** Returns an error with Go's message for a failed system call; its `cause` is the system's error. */
export function pathError(operation: string, path: BytePath, error: unknown): Error {
  return new Error(pathErrorText(operation, displayPath(path), error), { cause: error })
}
