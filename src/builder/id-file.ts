import { lstatSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { writeError } from './go-error.ts'

/**
 * Removes the file of an earlier build, so that it is not taken for this one's.
 * @param what what is being done, as errors begin: the builders differ
 * @throws Error with docker's text
 */
export function removeStaleIdFile(path: string, what = 'Removing image ID file'): void {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) rmdirSync(path)
    else rmSync(path, { force: true })
  } catch (error) {
    throw new Error(`${what}: ${pathErrorText('remove', path, error)}`)
  }
}

/** @throws Error with docker's text, also when there is no id to write */
export function writeIdFile(path: string, imageId: string): void {
  if (imageId === '') throw new Error(`Server did not provide an image ID. Cannot write ${path}`)
  try {
    writeFileSync(path, imageId)
  } catch (error) {
    throw new Error(pathErrorText('open', path, error))
  }
}

/**
 * As BuildKit's client writes it: also empty, where there is no image. On a full disk no file is left.
 * @throws Error with docker's text
 */
export function saveImageId(path: string, imageId: string): void {
  try {
    writeFileSync(path, imageId)
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile()) rmSync(path)
    const { message, cause } = writeError(path, error)
    throw new Error(`writing image ID file: ${message}`, { cause })
  }
}
