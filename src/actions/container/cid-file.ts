import { closeSync, existsSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { systemReason } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'
import { isSpecialFile } from '../../files/special-file.ts'

/**
 * Checks that the `--cidfile` does not exist and can be created, before the container is created. An empty path means
 * that there is no such file. A device or a pipe is written into.
 * @throws Error with docker's message
 */
export function checkCidFile(path: string): void {
  if (path === '' || isSpecialFile(path)) return
  if (existsSync(osPath(path))) {
    throw new Error(`container ID file found, make sure the other container isn't running or delete ${path}`)
  }
  try {
    closeSync(openSync(osPath(path), 'wx', 0o666))
    unlinkSync(osPath(path))
  } catch (error) {
    throw new Error(`failed to create the container ID file: open ${path}: ${systemReason(error)}`, { cause: error })
  }
}

/** Writes the id to the file, and removes an incomplete file. @throws Error with docker's message */
export function writeCidFile(path: string, id: string): void {
  if (path === '') return
  const isSpecial = isSpecialFile(path)
  try {
    writeFileSync(osPath(path), id, { flag: isSpecial ? 'w' : 'wx' })
  } catch (error) {
    if (!isSpecial) removeIfExists(path)
    throw new Error(`failed to write the container ID to the file: write ${path}: ${systemReason(error)}`, {
      cause: error,
    })
  }
}

function removeIfExists(path: string): void {
  try {
    unlinkSync(osPath(path))
  } catch {
    // The file was not created.
  }
}
