import { createReadStream, openSync, type ReadStream } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'

/** A file to send. @throws Error in Go's words when it cannot be opened */
export function openArchive(path: string): ReadStream {
  try {
    return createReadStream(path, { fd: openSync(path, 'r') })
  } catch (error) {
    throw new Error(pathErrorText('open', path, error), { cause: error })
  }
}
