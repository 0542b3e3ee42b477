import { escapeJsonHtml } from '../go/json-text.ts'
import { memberOf, textIn } from '../json.ts'
import { type ImageReference, parseReference } from './reference.ts'

/** The platform of an image, with the fields of OCI's platform in their order. */
export interface ManifestPlatform {
  readonly architecture: string
  readonly os: string
  readonly 'os.version'?: string
  readonly 'os.features'?: readonly string[]
  readonly variant?: string
}

/** A reference to a manifest by digest. The size is in bytes. */
interface ManifestDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: ManifestPlatform
}

/** The manifest of one image, as `manifest create` stores it and `manifest inspect` prints it. */
export interface ImageManifest {
  /** The full reference: `docker.io/library/busybox:latest`. */
  readonly reference: string
  readonly descriptor: ManifestDescriptor
  /** The registry's bytes; manifests that clients before 24 stored do not have them. */
  readonly raw?: Uint8Array<ArrayBuffer>
  readonly kind: 'schema2' | 'oci'
  /** The manifest's JSON, from the registry or from the local list. */
  readonly json: string
}

export const SCHEMA2_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
export const SCHEMA2_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'

/** The platforms that docker allows in a manifest list: those that Go supported at the time. */
const OS_ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  darwin: ['386', 'amd64', 'arm', 'arm64'],
  dragonfly: ['amd64'],
  freebsd: ['386', 'amd64', 'arm'],
  linux: ['386', 'amd64', 'arm', 'arm64', 'ppc64le', 'mips64', 'mips64le', 'riscv64', 's390x'],
  netbsd: ['386', 'amd64', 'arm'],
  openbsd: ['386', 'amd64', 'arm'],
  plan9: ['386', 'amd64'],
  solaris: ['amd64'],
  windows: ['386', 'amd64'],
}

/** The operating systems that docker allows in a manifest list. */
export const MANIFEST_SYSTEMS = Object.keys(OS_ARCHITECTURES)

/** The architectures that docker allows in a manifest list, without duplicates. */
export const MANIFEST_ARCHITECTURES = [...new Set(Object.values(OS_ARCHITECTURES).flat())]

/** Whether docker allows this platform in a manifest list. */
export function isKnownPlatform(os: string, architecture: string): boolean {
  return Object.hasOwn(OS_ARCHITECTURES, os) && (OS_ARCHITECTURES[os]?.includes(architecture) ?? false)
}

/** Returns the platform in a JSON value, such as an image's configuration. Fields that are not strings are empty. */
export function platformIn(value: unknown): ManifestPlatform {
  const version = textIn(value, 'os.version')
  const features = memberOf(value, 'os.features')
  const variant = textIn(value, 'variant')
  return {
    architecture: textIn(value, 'architecture'),
    os: textIn(value, 'os'),
    ...(version ? { 'os.version': version } : {}),
    ...(Array.isArray(features) && features.length > 0 ? { 'os.features': features.map(String) } : {}),
    ...(variant ? { variant } : {}),
  }
}

/** Returns the digests of the blobs of a manifest: the image's configuration, then its layers. */
export function blobDigests({ json }: ImageManifest): string[] {
  const manifest: unknown = JSON.parse(json)
  const layers = memberOf(manifest, 'layers')
  const parts = [memberOf(manifest, 'config'), ...(Array.isArray(layers) ? layers : [])]
  return parts.map((part) => textIn(part, 'digest'))
}

/** Returns the digests and platforms of the manifests in a manifest list. */
export function listedManifests(json: string): { digest: string; platform: ManifestPlatform }[] {
  const listed = memberOf(JSON.parse(json), 'manifests')
  if (!Array.isArray(listed)) return []
  return listed.map((entry: unknown) => ({
    digest: textIn(entry, 'digest'),
    platform: platformIn(memberOf(entry, 'platform')),
  }))
}

type ListEntry = Required<ManifestDescriptor>

/**
 * Returns the entry of a manifest in a list.
 * @throws Error if the manifest is in another registry than the list
 */
export function listEntry(list: ImageReference, { reference, descriptor }: ImageManifest): ListEntry {
  const { domain } = parseReference(reference)
  if (domain !== list.domain) {
    const domains = `${domain} != ${list.domain}`
    throw new Error(`cannot use source images from a different registry than the target image: ${domains}`)
  }
  const { mediaType, size, digest, platform = { architecture: '', os: '' } } = descriptor
  return { mediaType, size, digest, platform }
}

/** Returns the JSON of a manifest list. docker indents it by three spaces, and the digest depends on that. */
export function manifestList(entries: readonly ListEntry[]): string {
  return escapeJsonHtml(JSON.stringify({ schemaVersion: 2, mediaType: SCHEMA2_LIST, manifests: entries }, undefined, 3))
}
