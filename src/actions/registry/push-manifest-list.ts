import type { Output } from '../../cli/io/streams.ts'
import { indentJson } from '../../domain/go/json-text.ts'
import {
  blobDigests,
  type ImageManifest,
  listEntry,
  manifestList,
  OCI_MANIFEST,
  SCHEMA2_LIST,
  SCHEMA2_MANIFEST,
} from '../../domain/image/manifest.ts'
import { canonicalString, type ImageReference, parseReference } from '../../domain/image/reference.ts'
import { digestOf, type ManifestClient } from '../../registry/manifest-client.ts'

/**
 * Puts a list into a registry, after the manifests of other repositories that it names: their blobs are mounted first,
 * then they are put beside the list. Prints what docker prints.
 * @throws Error in docker's words; of what is wrong with the list before anything is sent
 */
export async function pushManifestList(
  list: ImageReference,
  manifests: readonly ImageManifest[],
  client: ManifestClient,
  out: Output,
): Promise<void> {
  const content = manifestList(manifests.map((manifest) => entryToPush(list, manifest)))
  const strangers = manifests
    .map((manifest) => ({ manifest, source: parseReference(manifest.reference).path }))
    .filter(({ source }) => source !== list.path)
  const bodies = strangers.map(({ manifest }) => contentOf(manifest))
  for (const { manifest, source } of strangers) await mountBlobs(manifest, source, list, client)
  for (const [index, { manifest }] of strangers.entries()) {
    const { digest } = manifest.descriptor
    const reference = { domain: list.domain, path: list.path, digest }
    const mediaType = manifest.kind === 'oci' ? OCI_MANIFEST : SCHEMA2_MANIFEST
    const put = await client.put(reference, mediaType, bodies[index] ?? '')
    out.write(`Pushed ref ${canonicalString(reference)} with digest: ${put}\n`)
  }
  out.write(`${await client.put(list, SCHEMA2_LIST, content)}\n`)
}

function entryToPush(list: ImageReference, manifest: ImageManifest) {
  const { architecture = '', os = '' } = manifest.descriptor.platform ?? {}
  if (architecture === '' || os === '') {
    throw new Error(`manifest ${manifest.reference} must have an OS and Architecture to be pushed to a registry`)
  }
  return listEntry(list, manifest)
}

async function mountBlobs(
  manifest: ImageManifest,
  source: string,
  target: ImageReference,
  client: ManifestClient,
): Promise<void> {
  for (const digest of blobDigests(manifest)) {
    const isMounted = await client.mountBlob(source, digest, target)
    // Layers of Windows may be in no registry but Microsoft's.
    if (!isMounted && manifest.descriptor.platform?.os !== 'windows') {
      throw new Error(`error mounting ${source}@${digest} to ${canonicalString(target)}`)
    }
  }
}

/** A manifest's bytes. Older clients did not keep them, but most manifests are indented in one way. */
function contentOf({ reference, raw, kind, json, descriptor }: ImageManifest): Uint8Array<ArrayBuffer> {
  const content = raw ?? new Uint8Array(Buffer.from(indentJson(json, kind === 'oci' ? '  ' : '   ')))
  const digest = digestOf(content)
  if (digest !== descriptor.digest) {
    throw new Error(`internal digest mismatch for ${reference}: expected ${descriptor.digest}, got ${digest}`)
  }
  return content
}
