import { closeSync, existsSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { systemReason } from '../../domain/errors.ts'

/**
 * Checks that the `--cidfile` does not exist and can be created, before the container is created. An empty path means
 * that there is no such file.
 * @throws Error with docker's message
 */
export function checkCidFile(path: string): void {
  if (path === '') return
  if (existsSync(path)) {
    throw new Error(`container ID file found, make sure the other container isn't running or delete ${path}`)
  }
  try {
    closeSync(openSync(path, 'wx', 0o666))
    unlinkSync(path)
  } catch (error) {
    throw new Error(`failed to create the container ID file: open ${path}: ${systemReason(error)}`, { cause: error })
  }
}

/** Writes the id to the file, and removes an incomplete file. @throws Error with docker's message */
export function writeCidFile(path: string, id: string): void {
  if (path === '') return
  try {
    writeFileSync(path, id, { flag: 'wx' })
  } catch (error) {
    removeIfExists(path)
    throw new Error(`failed to write the container ID to the file: write ${path}: ${systemReason(error)}`, {
      cause: error,
    })
  }
}

function removeIfExists(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // The file was not created.
  }
}
