import { randomBytes } from 'node:crypto'

const LENGTH = 25

/** Creates a name for a build or an upload like BuildKit's clients: 25 random digits and letters. */
export function newBuildRef(): string {
  const number = BigInt(`0x${randomBytes(17).toString('hex')}`)
  return number.toString(36).padStart(LENGTH, '0').slice(-LENGTH)
}
