import { readFileSync } from 'node:fs'
import { fromBytes } from '../../domain/go/bytes.ts'

/**
 * Returns the arguments of this process as Go strings. Node and Bun replace bytes that are not UTF-8, but file names may
 * contain them. Only Linux shows the bytes of the arguments, so elsewhere they stay as decoded.
 * @param decoded the arguments as the runtime decoded them, without those of the runtime itself
 */
export function rawArguments(decoded: readonly string[]): readonly string[] {
  let line: Buffer
  try {
    line = readFileSync('/proc/self/cmdline')
  } catch {
    return decoded
  }
  // Each argument ends with a NUL, and latin1 keeps every byte.
  const parts = line.toString('latin1').split('\0').slice(0, -1)
  return parts.slice(-decoded.length).map((part) => fromBytes(Buffer.from(part, 'latin1')))
}
