import { compactJson, escapeJsonHtml, indentJson, jsonString } from '../../../domain/go/json-text.ts'
import type { ImageManifest } from '../../../domain/image/manifest.ts'

/** Formats a manifest as `manifest inspect` does: the registry's JSON, indented. */
export function formatManifest({ json }: ImageManifest): string {
  return `${indentJson(json, '\t')}\n`
}

/** Formats a manifest with its reference and descriptor as `manifest inspect --verbose` does. */
export function formatVerboseManifest(manifest: ImageManifest): string {
  return `${indentJson(encodeManifest(manifest), '\t')}\n`
}

/** Formats all manifests of a list as `manifest inspect --verbose` does. */
export function formatVerboseManifests(manifests: readonly ImageManifest[]): string {
  return `${indentJson(`[${manifests.map(encodeManifest).join(',')}]`, '\t')}\n`
}

/** Returns the JSON in which docker stores a manifest. `<`, `>` and `&` are escaped, also in the image's manifest. */
export function encodeManifest({ reference, descriptor, raw, kind, json }: ImageManifest): string {
  const members = [
    ['Ref', jsonString(reference, true)],
    ['Descriptor', escapeJsonHtml(JSON.stringify(descriptor))],
    ...(raw === undefined ? [] : [['Raw', `"${Buffer.from(raw).toString('base64')}"`]]),
    [kind === 'oci' ? 'OCIManifest' : 'SchemaV2Manifest', escapeJsonHtml(compactJson(json))],
  ]
  return `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`
}
