/** Removes `.`, `..` and repeated slashes from a slash path without touching the disk (Go's `path.Clean`). */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isAbsolute) kept.push('..')
  }
  return (isAbsolute ? '/' : '') + kept.join('/') || '.'
}

/**
 * The path from the root: relative paths start at `cwd` (Go's `filepath.Abs`). Where there is no such directory any more,
 * `cwd` is empty and the path stays as it was typed, as docker sends it then.
 */
export function absolutePath(path: string, cwd: string): string {
  if (cwd === '' && !path.startsWith('/')) return path
  return cleanPath(path.startsWith('/') ? path : `${cwd}/${path}`)
}
