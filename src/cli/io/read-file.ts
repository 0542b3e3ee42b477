import { readFileUpTo } from './read-up-to.ts'

/** The largest accepted file in bytes. Without a limit, a device such as /dev/zero has no end. */
const MAX_SIZE = 16 * 1024 * 1024

/**
 * Reads a file that was named on the command line.
 * @throws Error worded as Go's `os.ReadFile` words it: `open x: no such file or directory`, `read x: is a directory`
 */
export function readNamedFile(path: string): Uint8Array {
  const bytes = readFileUpTo(path, MAX_SIZE + 1)
  if (bytes.length > MAX_SIZE) throw new Error(`read ${path}: the file is larger than ${MAX_SIZE} bytes`)
  return bytes
}
