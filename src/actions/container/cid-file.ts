import { closeSync, existsSync, openSync, unlinkSync, writeFileSync } from 'node:fs'
import { systemReason } from '../../domain/errors.ts'

/**
 * Refuses a `--cidfile` that is already there or cannot be made, before a container is created for nothing. An empty
 * path is no file.
 * @throws Error in docker's words
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

/** Writes the id; what could be written in part only is removed. @throws Error in docker's words */
export function writeCidFile(path: string, id: string): void {
  if (path === '') return
  try {
    writeFileSync(path, id, { flag: 'wx' })
  } catch (error) {
    removeQuietly(path)
    throw new Error(`failed to write the container ID to the file: write ${path}: ${systemReason(error)}`, {
      cause: error,
    })
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It could not even be made.
  }
}
