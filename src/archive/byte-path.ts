import { fromBytes, toBytes } from '../domain/go/bytes.ts'

/**
 * A path as a `latin1` string with one character per byte, because file names need not be valid UTF-8. Sorting such strings
 * gives docker's order.
 */
export type BytePath = string

/** Converts a path from a Go string. */
export function bytePath(path: string): BytePath {
  return Buffer.from(toBytes(path)).toString('latin1')
}

/** Converts a path to the bytes for system calls. */
export function systemPath(path: BytePath): Buffer {
  return Buffer.from(path, 'latin1')
}

/** Converts a path to a Go string, for messages and patterns. */
export function displayPath(path: BytePath): string {
  return fromBytes(systemPath(path))
}
