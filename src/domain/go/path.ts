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
