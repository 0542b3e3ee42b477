import { randomBytes } from 'node:crypto'

const LENGTH = 25

/** A name for a build, or for an upload, as BuildKit's clients make them: 25 random digits and letters. */
export function newBuildRef(): string {
  const number = BigInt(`0x${randomBytes(17).toString('hex')}`)
  return number.toString(36).padStart(LENGTH, '0').slice(-LENGTH)
}
