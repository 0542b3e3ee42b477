/**
 * A path as a `latin1` string with one character per byte, because file names need not be valid UTF-8. Sorting such strings
 * gives docker's order.
 */
export type BytePath = string

/** Converts a path from a string. */
export function bytePath(path: string): BytePath {
  return Buffer.from(path, 'utf8').toString('latin1')
}

/** Converts a path to the bytes for system calls. */
export function systemPath(path: BytePath): Buffer {
  return Buffer.from(path, 'latin1')
}

/** Converts a path to a string for messages and patterns. */
export function displayPath(path: BytePath): string {
  return systemPath(path).toString('utf8')
}
