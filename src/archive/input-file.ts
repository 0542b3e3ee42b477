import { closeSync, createReadStream, fstatSync, openSync, type ReadStream } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { osPath } from '../domain/go/bytes.ts'

/** Opens a file that is sent to the daemon. @throws Error with Go's message if it cannot be read */
export function openArchive(path: string): ReadStream {
  const fd = open(path)
  if (!fstatSync(fd).isDirectory()) return createReadStream(osPath(path), { fd })
  closeSync(fd)
  throw new Error(`read ${path}: is a directory`)
}

function open(path: string): number {
  try {
    return openSync(osPath(path), 'r')
  } catch (error) {
    throw new Error(pathErrorText('open', path, error), { cause: error })
  }
}
