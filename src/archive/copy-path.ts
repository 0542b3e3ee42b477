/** The path rules of `docker cp` (docker/docker pkg/archive/copy.go). */
import { basePath, cleanPath, directoryPath } from '../domain/go/path.ts'

/** The source or destination of a copy. */
export interface CopyEnd {
  /** Absolute. A `/` or `/.` at the end means that it is a directory. */
  readonly path: string
  readonly exists: boolean
  readonly isDirectory: boolean
  /** The name of the source in the copy, if its path ends in another name after links were resolved; empty otherwise. */
  readonly rebaseName: string
}

/** Where an archive is unpacked, and how its entries are renamed. */
export interface CopyPlan {
  /** The directory in which the archive is unpacked. */
  readonly directory: string
  /** The replacement in the names of entries; undefined if they are not renamed. */
  readonly rename: Rename | undefined
}

export interface Rename {
  readonly from: string
  readonly to: string
}

/** Restores the `/` or `/.` at the end of a typed path, which cleaning has removed. */
export function restorePathEnd(clean: string, typed: string): string {
  const isDotted = !endsInDot(clean) && endsInDot(typed)
  const path = isDotted ? `${clean}${clean.endsWith('/') ? '' : '/'}.` : clean
  return !path.endsWith('/') && typed.endsWith('/') ? `${path}/` : path
}

/** Splits a path into its directory and name. A `.` at the end counts as a name. */
export function splitPath(path: string): { directory: string; name: string } {
  const clean = endsInDot(path) ? `${cleanPath(path)}/.` : cleanPath(path)
  return { directory: directoryPath(clean), name: basePath(clean) }
}

/**
 * Returns the path of a source after its links were resolved, with the end that was typed, and the typed name if it differs
 * from the resolved one.
 */
export function rebasePath(typed: string, resolved: string): { path: string; rebaseName: string } {
  const withDot = endsInDot(typed) && !endsInDot(resolved) ? `${resolved}/.` : resolved
  const path = typed.endsWith('/') && !withDot.endsWith('/') ? `${withDot}/` : withDot
  return { path, rebaseName: basePath(typed) === basePath(path) ? '' : basePath(typed) }
}

/**
 * Decides where a copy goes: into an existing directory, to a new name in the parent directory, or over an existing file
 * (go-archive PrepareArchiveCopy).
 * @throws Error with docker's message: `cannot copy directory`, `no such directory`
 */
export function planCopy(source: CopyEnd, destination: CopyEnd): CopyPlan {
  if (destination.exists && destination.isDirectory) return { directory: destination.path, rename: undefined }
  if (destination.exists && source.isDirectory) throw new Error('cannot copy directory')
  const isDirectoryPath = destination.path.endsWith('/') || endsInDot(destination.path)
  if (!destination.exists && !source.isDirectory && isDirectoryPath) throw new Error('no such directory')
  const { directory, name } = splitPath(destination.path)
  return { directory, rename: { from: source.rebaseName || splitPath(source.path).name, to: name } }
}

/** Returns the new name of an entry. */
export function renameEntry(name: string, rename: Rename | undefined): string {
  if (rename === undefined) return name
  // All names in an archive of the root directory begin with a slash, which is kept.
  const from = rename.from === '/' ? '' : rename.from
  const at = name.indexOf(from)
  return at < 0 ? name : name.slice(0, at) + rename.to + name.slice(at + from.length)
}

function endsInDot(path: string): boolean {
  return basePath(path) === '.'
}
