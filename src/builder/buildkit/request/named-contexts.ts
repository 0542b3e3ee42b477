import { statSync } from 'node:fs'
import { pathErrorText } from '../../../domain/errors.ts'
import { resolveDirectory } from './directories.ts'
import { findLayoutImage, OCI_LAYOUT } from './oci-layout.ts'
import { isRemote } from './remote.ts'

/** What the frontend is told of a named context, and the directory that it may ask for. */
export interface NamedContext {
  readonly value: string
  readonly directory?: { readonly name: string; readonly path: string }
  /** The directory with an OCI layout that it may ask for. */
  readonly layout?: { readonly id: string; readonly path: string }
}

/**
 * Finds a `--build-context`: an address or an image, which the daemon fetches, an image in a directory, or a directory.
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
  if (!isDirectoryAt(place, name)) {
    throw new Error(`failed to get build context path {${place} <nil>}: not a directory`)
  }
  // A directory of this name may be the build's own.
  const directory = {
    name: name === 'context' || name === 'dockerfile' ? `_${name}` : name,
    path: resolveDirectory(place),
  }
  return { value: `local:${directory.name}`, directory }
}

function isDirectoryAt(place: string, name: string): boolean {
  try {
    return statSync(place).isDirectory()
  } catch (error) {
    throw new Error(`failed to get build context ${name}: ${pathErrorText('stat', place, error)}`)
  }
}
