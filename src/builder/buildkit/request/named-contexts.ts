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
 * Opens a `--build-context`: a URL or an image, which the daemon fetches; an image in an OCI layout; or a directory.
 * @throws Error with buildx's text when the source does not exist
 */
export function openNamedContext(name: string, source: string): NamedContext {
  if (source.startsWith('target:')) {
    throw new Error(`failed to find target ${source.slice('target:'.length)} for context ${name}`)
  }
  if (source.startsWith('docker-image://') || isRemote(source)) return { value: source }
  if (source.startsWith(OCI_LAYOUT)) {
    const { value, id, path } = findLayoutImage(source)
    return { value, layout: { id, path } }
  }
  if (!isDirectory(source, name)) {
    throw new Error(`failed to get build context path {${source} <nil>}: not a directory`)
  }
  // The session uses the names `context` and `dockerfile` for the directories of the build itself.
  const directory = {
    name: name === 'context' || name === 'dockerfile' ? `_${name}` : name,
    path: resolveDirectory(source),
  }
  return { value: `local:${directory.name}`, directory }
}

function isDirectory(path: string, name: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch (error) {
    throw new Error(`failed to get build context ${name}: ${pathErrorText('stat', path, error)}`)
  }
}

/** The scheme of an image in an OCI layout: `oci-layout://DIRECTORY[:TAG][@DIGEST]`. */
const OCI_LAYOUT = 'oci-layout://'

/** An image in a local OCI layout. */
interface LayoutImage {
  /** The attribute value of the named context. */
  readonly value: string
  /** The name of the directory in the session. */
  readonly id: string
  readonly path: string
}

/**
 * Finds an image in an OCI layout: by its digest, or else by its tag, or else the only image of the layout.
 * @param url `oci-layout://DIRECTORY[:TAG][@DIGEST]`
 * @throws Error with buildx's text when there is no such image
 */
function findLayoutImage(url: string): LayoutImage {
  const [pathAndTag = '', ...digests] = url.slice(OCI_LAYOUT.length).split('@')
  const [path = '', ...tags] = pathAndTag.split(':')
  const tag = tags.length > 0 ? tags.join(':') : 'latest'
  const digest = digests.length > 0 ? digests.join('@') : resolveDigest(path, tag, url)
  const id = newBuildRef()
  return { value: `${OCI_LAYOUT}${id}:${tag}@${digest}`, id, path }
}

function resolveDigest(path: string, tag: string, url: string): string {
  try {
    const digest = findInLayout(path, tag) ?? findOnlyInLayout(path)
    if (digest === undefined) throw new Error('failed to resolve digest')
    if (parseDigest(digest)) return digest
    throw new Error(`invalid digest ${digest}: ${explainInvalidDigest(digest)}`)
  } catch (error) {
    throw new Error(`oci-layout reference ${goQuote(url)} could not be resolved: ${messageOf(error)}`)
  }
}

const SCP_ADDRESS = /^[a-zA-Z0-9_-]+@[a-zA-Z0-9.-]+:/

/** Returns whether BuildKit fetches this source itself: an HTTP or git URL, or `git@host:path`. */
export function isRemote(text: string): boolean {
  return /^(?:https?|git|ssh):\/\//.test(text) || SCP_ADDRESS.test(text) || text.startsWith('github.com/')
}

/** Returns whether git connects to this source over ssh, so that the build needs an ssh agent. */
export function isGitOverSsh(text: string): boolean {
  return text.startsWith('ssh://') || (SCP_ADDRESS.test(text) && !text.includes('://'))
}
