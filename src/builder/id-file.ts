import { lstatSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { osPath } from '../domain/go/bytes.ts'
import { isSpecialFile } from '../files/special-file.ts'
import { writeError } from './go-error.ts'

/**
 * Removes the file of an earlier build, so that a failed build does not leave the old id behind. A device or a pipe stays.
 * @param what the beginning of error messages; it differs between the builders
 * @throws Error with docker's text
 */
export function removeStaleIdFile(path: string, what = 'Removing image ID file'): void {
  if (isSpecialFile(path)) return
  try {
    if (lstatSync(osPath(path), { throwIfNoEntry: false })?.isDirectory()) rmdirSync(osPath(path))
    else rmSync(osPath(path), { force: true })
  } catch (error) {
    throw new Error(`${what}: ${pathErrorText('remove', path, error)}`)
  }
}

/** Writes the image id as the classic builder does. @throws Error with docker's text, also when the id is empty */
export function writeIdFile(path: string, imageId: string): void {
  if (imageId === '') throw new Error(`Server did not provide an image ID. Cannot write ${path}`)
  try {
    writeFileSync(osPath(path), imageId)
  } catch (error) {
    throw new Error(pathErrorText('open', path, error))
  }
}

/**
 * Writes the image id as buildx does: the file is empty when there is no image, and is removed when the write fails.
 * @throws Error with docker's text
 */
export function saveImageId(path: string, imageId: string): void {
  try {
    writeFileSync(osPath(path), imageId)
  } catch (error) {
    if (lstatSync(osPath(path), { throwIfNoEntry: false })?.isFile()) rmSync(osPath(path))
    const { message, cause } = writeError(path, error)
    throw new Error(`writing image ID file: ${message}`, { cause })
  }
}
