/**
 * Paths of files that go into archives or come out of them are kept as `latin1` strings, one character a byte: a file's
 * name need not be valid UTF-8. Sorted so, they are in docker's order too.
 */
export type BytePath = string

export function bytePath(path: string): BytePath {
  return Buffer.from(path, 'utf8').toString('latin1')
}

/** The path as system calls take it. */
export function systemPath(path: BytePath): Buffer {
  return Buffer.from(path, 'latin1')
}

/** The path as people and patterns read it. */
export function displayPath(path: BytePath): string {
  return systemPath(path).toString('utf8')
}
