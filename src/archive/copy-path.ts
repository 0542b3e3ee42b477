import { basePath, cleanPath, directoryPath } from '../domain/go/path.ts'

/** One end of a copy. */
export interface CopyEnd {
  /** Absolute, maybe with a `/` or `/.` at its end, which say that it is a directory. */
  readonly path: string
  readonly exists: boolean
  readonly isDirectory: boolean
  /** What the source is called in the copy where its path, with links resolved, ends in another name; or empty. */
  readonly rebaseName: string
}

/** Where an archive is to be unpacked, and how the names in it begin there. */
export interface CopyPlan {
  /** The directory to unpack it in. */
  readonly directory: string
  /** The text that is replaced in the names of entries, and by what; undefined where they stay. */
  readonly rename: Rename | undefined
}

export interface Rename {
  readonly from: string
  readonly to: string
}

/** Puts back the `/` or `/.` that cleaning has taken off the end of what was typed. */
export function restorePathEnd(clean: string, typed: string): string {
  const isDotted = !endsInDot(clean) && endsInDot(typed)
  const path = isDotted ? `${clean}${clean.endsWith('/') ? '' : '/'}.` : clean
  return !path.endsWith('/') && typed.endsWith('/') ? `${path}/` : path
}

/** The directory and the name in it; a `.` at the end is a name. */
export function splitPath(path: string): { directory: string; name: string } {
  const clean = endsInDot(path) ? `${cleanPath(path)}/.` : cleanPath(path)
  return { directory: directoryPath(clean), name: basePath(clean) }
}

/**
 * The source once its links are resolved: with the end that was typed, and the name it was typed by where that has
 * changed.
 */
export function rebasePath(typed: string, resolved: string): { path: string; rebaseName: string } {
  const dotted = endsInDot(typed) && !endsInDot(resolved) ? `${resolved}/.` : resolved
  const path = typed.endsWith('/') && !dotted.endsWith('/') ? `${dotted}/` : dotted
  return { path, rebaseName: basePath(typed) === basePath(path) ? '' : basePath(typed) }
}

/**
 * docker's rules of what becomes of a copy (go-archive's PrepareArchiveCopy): into a directory that is there, as a new name
 * beside others, or in a file's place.
 * @throws Error in docker's words: `cannot copy directory`, `no such directory`
 */
export function planCopy(source: CopyEnd, destination: CopyEnd): CopyPlan {
  if (destination.exists && destination.isDirectory) return { directory: destination.path, rename: undefined }
  if (destination.exists && source.isDirectory) throw new Error('cannot copy directory')
  const isMeantAsDirectory = destination.path.endsWith('/') || endsInDot(destination.path)
  if (!destination.exists && !source.isDirectory && isMeantAsDirectory) throw new Error('no such directory')
  const { directory, name } = splitPath(destination.path)
  return { directory, rename: { from: source.rebaseName || splitPath(source.path).name, to: name } }
}

/** The entry's name under its new beginning. */
export function renameEntry(name: string, rename: Rename | undefined): string {
  if (rename === undefined) return name
  // The names in an archive of the root all begin with a slash, which is to stay.
  const from = rename.from === '/' ? '' : rename.from
  const at = name.indexOf(from)
  return at < 0 ? name : name.slice(0, at) + rename.to + name.slice(at + from.length)
}

function endsInDot(path: string): boolean {
  return basePath(path) === '.'
}
