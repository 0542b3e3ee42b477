/** Removes `.`, `..` and repeated slashes from a slash path without file system access (Go's `path.Clean`). */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!isAbsolute) parts.push('..')
  }
  return (isAbsolute ? '/' : '') + parts.join('/') || '.'
}

/**
 * Returns the absolute path; relative paths start at `cwd` (Go's `filepath.Abs`). If the working directory was deleted, `cwd`
 * is empty and the path stays as typed, which is what docker sends then.
 */
export function absolutePath(path: string, cwd: string): string {
  if (cwd === '' && !path.startsWith('/')) return path
  return cleanPath(path.startsWith('/') ? path : `${cwd}/${path}`)
}

/** Joins the parts of a path, ignoring empty ones, and cleans it (Go's `path.Join`). */
export function joinPath(...parts: readonly string[]): string {
  let path = ''
  for (const part of parts) if (part !== '') path += path === '' ? part : `/${part}`
  return path === '' ? '' : cleanPath(path)
}

/** Returns the last part of a path, ignoring trailing slashes; `.` for an empty path (Go's `path.Base`). */
export function basePath(path: string): string {
  if (path === '') return '.'
  let end = path.length
  while (path[end - 1] === '/') end--
  const trimmed = path.slice(0, end)
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** Returns a path without what follows its last slash (Go's `path.Dir`). */
export function directoryPath(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1))
}

/** Returns the path that leads from one directory to another path; both are absolute and clean (Go's `filepath.Rel`). */
export function relativePath(from: string, to: string): string {
  const [start, target] = [from, to].map((path) => path.split('/').filter((part) => part !== ''))
  if (start === undefined || target === undefined) return to
  let shared = 0
  while (shared < start.length && start[shared] === target[shared]) shared++
  return [...start.slice(shared).map(() => '..'), ...target.slice(shared)].join('/')
}
