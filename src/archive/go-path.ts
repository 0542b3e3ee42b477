import { posix } from 'node:path'

/** Go's `filepath.Clean`: the shortest path that means the same; `.` for nothing, no slash at its end. */
export function cleanPath(path: string): string {
  const clean = posix.normalize(path)
  return clean.length > 1 && clean.endsWith('/') ? clean.slice(0, -1) : clean
}

/** Go's `filepath.Join`: empty parts count for nothing. */
export function joinPath(...parts: readonly string[]): string {
  const whole = parts.filter((part) => part !== '').join('/')
  return whole === '' ? '' : cleanPath(whole)
}

/** Go's `filepath.Base`: the last part, whatever slashes follow it; `.` for nothing. */
export function basePath(path: string): string {
  if (path === '') return '.'
  const bare = path.replace(/\/+$/, '')
  return bare === '' ? '/' : bare.slice(bare.lastIndexOf('/') + 1)
}

/** Go's `filepath.Dir`: all but what follows the last slash. */
export function directoryPath(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1))
}
