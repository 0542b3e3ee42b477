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
 * Pushes a manifest list. Manifests of other repositories are first copied to the list's repository, after mounting their
 * blobs there. Prints docker's output.
 * @throws Error with docker's message; errors in the list are found before the first request
 */
export async function pushManifestList(
  list: ImageReference,
  manifests: readonly ImageManifest[],
  client: ManifestClient,
  out: Output,
): Promise<void> {
  const content = manifestList(manifests.map((manifest) => entryToPush(list, manifest)))
  const foreignManifests = manifests
    .map((manifest) => ({ manifest, source: parseReference(manifest.reference).path }))
    .filter(({ source }) => source !== list.path)
  const bodies = foreignManifests.map(({ manifest }) => manifestBytes(manifest))
  for (const { manifest, source } of foreignManifests) await mountBlobs(manifest, source, list, client)
  for (const [index, { manifest }] of foreignManifests.entries()) {
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
    // The base layers of Windows images may be in Microsoft's registry only.
    if (!isMounted && manifest.descriptor.platform?.os !== 'windows') {
      throw new Error(`error mounting ${source}@${digest} to ${canonicalString(target)}`)
    }
  }
}

/**
 * Returns the bytes of a manifest. Older clients did not store them; then the usual indentation is tried.
 * @throws Error if the digest does not match
 */
function manifestBytes({ reference, raw, kind, json, descriptor }: ImageManifest): Uint8Array<ArrayBuffer> {
  const content = raw ?? new Uint8Array(Buffer.from(indentJson(json, kind === 'oci' ? '  ' : '   ')))
  const digest = digestOf(content)
  if (digest !== descriptor.digest) {
    throw new Error(`internal digest mismatch for ${reference}: expected ${descriptor.digest}, got ${digest}`)
  }
  return content
}
