import { randomHex } from '../../../files/random-name.ts'

const LENGTH = 25

/** Creates a name for a build or an upload like BuildKit's clients: 25 random digits and letters. */
export function newBuildRef(): string {
  const number = BigInt(`0x${randomHex(17)}`)
  return number.toString(36).padStart(LENGTH, '0').slice(-LENGTH)
}
