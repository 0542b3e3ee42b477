import { statSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import { resolveFolder } from './directories.ts'
import { findLayoutImage, OCI_LAYOUT } from './oci-layout.ts'
import { isRemote } from './remote.ts'

/** What the frontend is told of a named context, and the folder that it may ask for. */
export interface NamedContext {
  readonly value: string
  readonly folder?: { readonly name: string; readonly path: string }
  /** The folder with an OCI layout that it may ask for. */
  readonly layout?: { readonly id: string; readonly path: string }
}

/**
 * Finds a `--build-context`: an address or an image, which the daemon fetches, an image in a folder, or a folder.
 * @throws Error in buildx's words
 */
export function namedContext(name: string, place: string): NamedContext {
  if (place.startsWith('target:')) {
    throw new Error(`failed to find target ${place.slice('target:'.length)} for context ${name}`)
  }
  if (place.startsWith('docker-image://') || isRemote(place)) return { value: place }
  if (place.startsWith(OCI_LAYOUT)) {
    const { value, id, path } = findLayoutImage(place)
    return { value, layout: { id, path } }
  }
  if (!isFolderAt(place, name)) {
    throw new Error(`failed to get build context path {${place} <nil>}: not a directory`)
  }
  // A folder of this name may be the build's own.
  const folder = { name: name === 'context' || name === 'dockerfile' ? `_${name}` : name, path: resolveFolder(place) }
  return { value: `local:${folder.name}`, folder }
}

function isFolderAt(place: string, name: string): boolean {
  try {
    return statSync(place).isDirectory()
  } catch (error) {
    throw new Error(`failed to get build context ${name}: ${pathErrorText('stat', place, error)}`)
  }
}
