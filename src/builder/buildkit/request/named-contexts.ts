import { statSync } from 'node:fs'
import { messageOf, pathErrorText } from '../../../domain/errors.ts'
import { goQuote } from '../../../domain/go/quote.ts'
import { newBuildRef } from '../common/ids.ts'
import { explainInvalidDigest, parseDigest } from '../content/digest.ts'
import { findInLayout, findOnlyInLayout } from '../content/layout-index.ts'
import { resolveDirectory } from './directories.ts'

/** The attribute value of a named context, and the directory that the frontend may request for it. */
export interface NamedContext {
  readonly value: string
  readonly directory?: { readonly name: string; readonly path: string }
  /** The directory with an OCI layout that the frontend may request. */
  readonly layout?: { readonly id: string; readonly path: string }
}

/**
 * Opens a `--build-context`: a URL or an image, which the daemon fetches, an image in a directory, or a directory.
 * @throws Error with buildx's text
 */
export function openNamedContext(name: string, place: string): NamedContext {
  if (place.startsWith('target:')) {
    throw new Error(`failed to find target ${place.slice('target:'.length)} for context ${name}`)
  }
  if (place.startsWith('docker-image://') || isRemote(place)) return { value: place }
  if (place.startsWith(OCI_LAYOUT)) {
    const { value, id, path } = findLayoutImage(place)
    return { value, layout: { id, path } }
  }
  if (!isDirectory(place, name)) {
    throw new Error(`failed to get build context path {${place} <nil>}: not a directory`)
  }
  // The names `context` and `dockerfile` are taken by the directories of the build itself.
  const directory = {
    name: name === 'context' || name === 'dockerfile' ? `_${name}` : name,
    path: resolveDirectory(place),
  }
  return { value: `local:${directory.name}`, directory }
}

function isDirectory(place: string, name: string): boolean {
  try {
    return statSync(place).isDirectory()
  } catch (error) {
    throw new Error(`failed to get build context ${name}: ${pathErrorText('stat', place, error)}`)
  }
}

/** The prefix of the address of an image in a directory: `oci-layout://DIRECTORY[:TAG][@DIGEST]`. */
export const OCI_LAYOUT = 'oci-layout://'

/** An image in a local directory. */
export interface LayoutImage {
  readonly value: string
  /** The name of the directory in the session. */
  readonly id: string
  readonly path: string
}

/**
 * Finds an image in an OCI layout: by its digest, or else by its tag, or else the only image of the layout.
 * @throws Error with buildx's text
 */
export function findLayoutImage(address: string): LayoutImage {
  const [place = '', ...digests] = address.slice(OCI_LAYOUT.length).split('@')
  const [path = '', ...tags] = place.split(':')
  const tag = tags.length > 0 ? tags.join(':') : 'latest'
  const digest = digests.length > 0 ? digests.join('@') : resolveDigest(path, tag, address)
  const id = newBuildRef()
  return { value: `${OCI_LAYOUT}${id}:${tag}@${digest}`, id, path }
}

function resolveDigest(path: string, tag: string, address: string): string {
  try {
    const digest = findInLayout(path, tag) ?? findOnlyInLayout(path)
    if (digest === undefined) throw new Error('failed to resolve digest')
    if (parseDigest(digest)) return digest
    throw new Error(`invalid digest ${digest}: ${explainInvalidDigest(digest)}`)
  } catch (error) {
    throw new Error(`oci-layout reference ${goQuote(address)} could not be resolved: ${messageOf(error)}`)
  }
}

const SCP_ADDRESS = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/

/** Returns whether the text is an address that BuildKit fetches itself: HTTP, git, `git@host:path`. */
export function isRemote(text: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(text) || SCP_ADDRESS.test(text) || text.startsWith('github.com/')
}

/** Returns whether git connects to the address with ssh, so that the build needs an ssh agent. */
export function isGitOverSsh(text: string): boolean {
  return text.startsWith('ssh://') || (SCP_ADDRESS.test(text) && !text.includes('://'))
}
