import { escapeJsonHtml } from '../go/json-text.ts'
import { type ImageReference, parseReference } from './reference.ts'

/** For what an image was made, in the members and the order of OCI's platform. */
export interface ManifestPlatform {
  readonly architecture: string
  readonly os: string
  readonly 'os.version'?: string
  readonly 'os.features'?: readonly string[]
  readonly variant?: string
}

/** What a manifest is, how long in bytes, and for which platform its image is. */
interface ManifestDescriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: ManifestPlatform
}

/** The manifest of one image, as `manifest create` keeps it and `manifest inspect` shows it. */
export interface ImageManifest {
  /** Where it is, in full: `docker.io/library/busybox:latest`. */
  readonly reference: string
  readonly descriptor: ManifestDescriptor
  /** Its bytes as the registry has them; clients before 24 did not keep them. */
  readonly raw?: Uint8Array<ArrayBuffer>
  readonly kind: 'schema2' | 'oci'
  /** Its JSON: as the registry has it, or as the local list does. */
  readonly json: string
}

export const SCHEMA2_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json'
export const SCHEMA2_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'
export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json'
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'

/** What docker lets a manifest list name: the systems and architectures for which Go made programs at the time. */
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

/** Operating systems that a manifest list may name. */
export const MANIFEST_SYSTEMS = Object.keys(OS_ARCHITECTURES)

/** Architectures that a manifest list may name, each once. */
export const MANIFEST_ARCHITECTURES = [...new Set(Object.values(OS_ARCHITECTURES).flat())]

/** Whether docker takes an entry for this platform into a manifest list. */
export function isKnownPlatform(os: string, architecture: string): boolean {
  return Object.hasOwn(OS_ARCHITECTURES, os) && (OS_ARCHITECTURES[os]?.includes(architecture) ?? false)
}

/** The platform in a JSON value, which may be an image's configuration as well; what is no text counts as empty. */
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

/** The digests of what a manifest consists of: the image's configuration, then its layers. */
export function blobDigests({ json }: ImageManifest): string[] {
  const manifest: unknown = JSON.parse(json)
  const layers = memberOf(manifest, 'layers')
  const parts = [memberOf(manifest, 'config'), ...(Array.isArray(layers) ? layers : [])]
  return parts.map((part) => textIn(part, 'digest'))
}

/** The members of a list that a registry keeps: which manifests, for which platforms. */
export function listedManifests(json: string): { digest: string; platform: ManifestPlatform }[] {
  const listed = memberOf(JSON.parse(json), 'manifests')
  if (!Array.isArray(listed)) return []
  return listed.map((entry: unknown) => ({
    digest: textIn(entry, 'digest'),
    platform: platformIn(memberOf(entry, 'platform')),
  }))
}

/** One manifest in a list. */
type ListEntry = Required<ManifestDescriptor>

/** A manifest's entry in a list. @throws Error where the manifest is in another registry than the list */
export function listEntry(list: ImageReference, { reference, descriptor }: ImageManifest): ListEntry {
  const { domain } = parseReference(reference)
  if (domain !== list.domain) {
    const places = `${domain} != ${list.domain}`
    throw new Error(`cannot use source images from a different registry than the target image: ${places}`)
  }
  const { mediaType, size, digest, platform = { architecture: '', os: '' } } = descriptor
  return { mediaType, size, digest, platform }
}

/** A list as it is pushed and shown; docker indents it by three spaces, and the digest depends on it. */
export function manifestList(entries: readonly ListEntry[]): string {
  return escapeJsonHtml(JSON.stringify({ schemaVersion: 2, mediaType: SCHEMA2_LIST, manifests: entries }, undefined, 3))
}

/** A text in a JSON object; empty where there is none. */
export function textIn(value: unknown, name: string): string {
  const member = memberOf(value, name)
  return typeof member === 'string' ? member : ''
}

/** A member of a JSON object, if it is one and has it. */
export function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}
